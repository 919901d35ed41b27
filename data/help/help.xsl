<?xml version="1.0" encoding="UTF-8"?>
<!--
  SPDX-License-Identifier: GPL-3.0-or-later

  The help of one language as one web page: index.page, and the pages its contents name, each a section. It knows the
  part of Mallard that the pages use; anything else ends it.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:mal="http://projectmallard.org/1.0/" exclude-result-prefixes="mal">
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>
  <xsl:strip-space elements="mal:page mal:info mal:section mal:list mal:steps mal:terms mal:item mal:note mal:figure
                             mal:media mal:table mal:thead mal:tbody mal:tr mal:keyseq mal:guiseq"/>

  <xsl:param name="language"/>

  <xsl:template match="/mal:page">
    <html lang="{$language}">
      <head>
        <meta charset="UTF-8"/>
        <meta name="viewport" content="width=device-width"/>
        <meta name="color-scheme" content="light dark"/>
        <title><xsl:value-of select="mal:title"/></title>
        <style>@CSS@</style>
      </head>
      <body>
        <xsl:apply-templates select="mal:section" mode="contents"/>
        <main>
          <header id="index">
            <h1><xsl:value-of select="mal:title"/></h1>
            <xsl:apply-templates select="*[not(self::mal:info or self::mal:title or self::mal:section)]"/>
          </header>
          <xsl:for-each select="mal:section/mal:info/mal:link[@type = 'topic']">
            <xsl:apply-templates select="document(concat(@xref, '.page'), .)/mal:page" mode="topic">
              <xsl:with-param name="number" select="position()"/>
            </xsl:apply-templates>
          </xsl:for-each>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="mal:section" mode="contents">
    <nav aria-labelledby="contents">
      <p class="title" id="contents"><a href="#index"><xsl:value-of select="mal:title"/></a></p>
      <ol>
        <xsl:for-each select="mal:info/mal:link[@type = 'topic']">
          <li>
            <a href="#{@xref}">
              <xsl:apply-templates select="document(concat(@xref, '.page'), .)/mal:page/mal:title/node()"/>
            </a>
          </li>
        </xsl:for-each>
      </ol>
    </nav>
  </xsl:template>

  <xsl:template match="mal:page" mode="topic">
    <xsl:param name="number"/>
    <section id="{@id}">
      <h2><span class="number"><xsl:value-of select="$number"/></span><xsl:text> </xsl:text>
        <xsl:apply-templates select="mal:title/node()"/></h2>
      <xsl:apply-templates select="*[not(self::mal:info or self::mal:title)]"/>
    </section>
  </xsl:template>

  <xsl:template match="mal:section">
    <section id="{/mal:page/@id}-{@id}">
      <h3><xsl:apply-templates select="mal:title/node()"/></h3>
      <xsl:apply-templates select="*[not(self::mal:info or self::mal:title)]"/>
    </section>
  </xsl:template>

  <!-- Blocks -->

  <xsl:template match="mal:p">
    <p><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="mal:steps">
    <ol class="steps"><xsl:apply-templates/></ol>
  </xsl:template>

  <xsl:template match="mal:list">
    <ul><xsl:apply-templates/></ul>
  </xsl:template>

  <xsl:template match="mal:steps/mal:item | mal:list/mal:item">
    <li><xsl:apply-templates/></li>
  </xsl:template>

  <xsl:template match="mal:terms">
    <dl><xsl:apply-templates/></dl>
  </xsl:template>

  <xsl:template match="mal:terms/mal:item">
    <xsl:for-each select="mal:title">
      <dt><xsl:apply-templates/></dt>
    </xsl:for-each>
    <dd><xsl:apply-templates select="*[not(self::mal:title)]"/></dd>
  </xsl:template>

  <xsl:template match="mal:note">
    <div role="note" class="note {@style}">
      <p class="title"><xsl:apply-templates select="mal:title/node()"/></p>
      <xsl:apply-templates select="*[not(self::mal:title)]"/>
    </div>
  </xsl:template>

  <xsl:template match="mal:figure">
    <figure>
      <xsl:apply-templates select="mal:media"/>
      <figcaption><xsl:apply-templates select="mal:title/node()"/></figcaption>
    </figure>
  </xsl:template>

  <xsl:template match="mal:media[@type = 'image']">
    <img src="{@src}" alt="{normalize-space(mal:p)}"/>
  </xsl:template>

  <xsl:template match="mal:table">
    <table><xsl:apply-templates/></table>
  </xsl:template>

  <xsl:template match="mal:thead | mal:tbody | mal:tr | mal:td">
    <xsl:element name="{local-name()}"><xsl:apply-templates/></xsl:element>
  </xsl:template>

  <xsl:template match="mal:thead/mal:tr/mal:td">
    <th scope="col"><xsl:apply-templates select="mal:p/node()"/></th>
  </xsl:template>

  <xsl:template match="mal:td/mal:p[not(preceding-sibling::* or following-sibling::*)]">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- What stands in a line -->

  <xsl:template match="mal:gui">
    <b class="gui"><xsl:apply-templates/></b>
  </xsl:template>

  <xsl:template match="mal:guiseq/* | mal:keyseq/*">
    <xsl:if test="preceding-sibling::*">
      <xsl:choose>
        <xsl:when test="parent::mal:keyseq">+</xsl:when>
        <xsl:otherwise> › </xsl:otherwise>
      </xsl:choose>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="self::mal:key"><kbd><xsl:apply-templates/></kbd></xsl:when>
      <xsl:otherwise><b class="gui"><xsl:apply-templates/></b></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="mal:guiseq | mal:keyseq">
    <span class="{local-name()}"><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:template match="mal:key">
    <kbd><xsl:apply-templates/></kbd>
  </xsl:template>

  <xsl:template match="mal:em">
    <em><xsl:apply-templates/></em>
  </xsl:template>

  <xsl:template match="mal:code | mal:cmd | mal:file | mal:input">
    <code><xsl:apply-templates/></code>
  </xsl:template>

  <!-- To a page or a section of one; without a text of its own it takes the title of what it leads to. -->
  <xsl:template match="mal:link[@xref]">
    <xsl:variable name="xref" select="@xref"/>
    <xsl:variable name="page" select="document(concat(substring-before(concat(@xref, '#'), '#'), '.page'), .)/mal:page"/>
    <xsl:variable name="target" select="$page[not(contains($xref, '#'))] |
                                        $page//mal:section[@id = substring-after($xref, '#')]"/>
    <xsl:if test="not($target)">
      <xsl:message terminate="yes">Nowhere: <xsl:value-of select="@xref"/></xsl:message>
    </xsl:if>
    <a href="#{translate(@xref, '#', '-')}">
      <xsl:choose>
        <xsl:when test="node()"><xsl:apply-templates/></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="$target/mal:title/node()"/></xsl:otherwise>
      </xsl:choose>
    </a>
  </xsl:template>

  <xsl:template match="*">
    <xsl:message terminate="yes">Not known: <xsl:value-of select="name()"/></xsl:message>
  </xsl:template>
</xsl:stylesheet>
