<?xml version="1.0" encoding="UTF-8"?>
<!-- The body and back matter of an NPG article in the names of JATS. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="http://www.w3.org/1998/Math/MathML" exclude-result-prefixes="m">

  <!-- a `crosshd` heads what follows it, up to the next one -->
  <xsl:key name="under" match="bdy/*[not(self::crosshd)]" use="generate-id(preceding-sibling::crosshd[1])"/>

  <xsl:template match="/*">
    <article>
      <body>
        <xsl:apply-templates select="bdy/*[not(self::crosshd or preceding-sibling::crosshd)]"/>
        <xsl:for-each select="bdy/crosshd">
          <sec><title><xsl:apply-templates/></title><xsl:apply-templates select="key('under', generate-id())"/></sec>
        </xsl:for-each>
      </body>
      <back>
        <xsl:for-each select="bdy/ack | bm/ack"><ack><xsl:apply-templates mode="kept"/></ack></xsl:for-each>
        <xsl:for-each select="bm/app"><app><xsl:apply-templates/></app></xsl:for-each>
        <xsl:for-each select="bm/*[self::sec or self::meth or self::methods]"><xsl:apply-templates select="."/></xsl:for-each>
        <xsl:for-each select="bm/author-info | bm/audecl"><notes><xsl:apply-templates mode="kept"/></notes></xsl:for-each>
        <xsl:for-each select="bm/objects[deflist]"><glossary><def-list><xsl:for-each select="deflist/term"><def-item><term><xsl:apply-templates/></term><def><xsl:apply-templates select="following-sibling::defn[1]/node()"/></def></def-item></xsl:for-each></def-list></glossary></xsl:for-each>
        <xsl:for-each select="bm/fnotes | bm/fns"><fn-group><xsl:apply-templates/></fn-group></xsl:for-each>
      </back>
      <xsl:if test="bm/objects/*"><floats-group><xsl:apply-templates select="bm/objects/*[not(self::suppinfo)]"/></floats-group></xsl:if>
    </article>
  </xsl:template>

  <xsl:template match="*" mode="kept"><xsl:apply-templates select="."/></xsl:template>
  <xsl:template match="ack | bibl | suppinfo | slide | linkgrp | audecl | bio | author-info | objects/deflist"/>
  <xsl:template match="fp"><xsl:apply-templates/></xsl:template>
  <xsl:template match="sec | meth | methods | bx | box"><sec><xsl:call-template name="id"/><xsl:if test="not(@id) and sectitle/anchor"><xsl:attribute name="id"><xsl:value-of select="sectitle/anchor/@id"/></xsl:attribute></xsl:if><xsl:apply-templates/></sec></xsl:template>
  <xsl:template match="sectitle | title | figtl | tbltl"><title><xsl:apply-templates/></title></xsl:template>
  <xsl:template match="crosshd"><title><xsl:apply-templates/></title></xsl:template>
  <xsl:template match="credit"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="p"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="quote | extract"><disp-quote><xsl:apply-templates/></disp-quote></xsl:template>
  <xsl:template match="list"><list><xsl:attribute name="list-type"><xsl:choose><xsl:when test="@type='bullet' or not(@type)">bullet</xsl:when><xsl:otherwise>order</xsl:otherwise></xsl:choose></xsl:attribute><xsl:for-each select="li"><list-item><xsl:choose><xsl:when test="p"><xsl:apply-templates/></xsl:when><xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise></xsl:choose></list-item></xsl:for-each></list></xsl:template>
  <xsl:template match="deflist"><def-list><xsl:for-each select="term"><def-item><term><xsl:apply-templates/></term><def><xsl:apply-templates select="following-sibling::defn[1]/node()"/></def></def-item></xsl:for-each></def-list></xsl:template>

  <xsl:template match="fig | illus">
    <fig>
      <xsl:call-template name="id"/>
      <xsl:if test="self::fig"><label>Figure <xsl:value-of select="translate(@id, 'abcdefghijklmnopqrstuvwxyz', '')"/></label></xsl:if>
      <xsl:if test="figtl or caption or credit"><caption><xsl:apply-templates select="figtl | caption/node() | credit"/></caption></xsl:if>
      <xsl:if test="@entname"><graphic href="{@entname}"/></xsl:if>
    </fig>
  </xsl:template>
  <xsl:template match="table">
    <table-wrap>
      <xsl:call-template name="id"/>
      <label>Table <xsl:value-of select="translate(@id, 'abcdefghijklmnopqrstuvwxyz', '')"/></label>
      <xsl:if test="title or caption"><caption><xsl:apply-templates select="title | caption/node()"/></caption></xsl:if>
      <xsl:for-each select="tgroup"><table><xsl:apply-templates select="colspec | spanspec | thead | tbody" mode="cals"/></table></xsl:for-each>
      <xsl:if test="tgroup/tfoot"><table-wrap-foot><xsl:for-each select="tgroup/tfoot//entry[normalize-space(.) != '']"><xsl:choose><xsl:when test="fn | p"><xsl:apply-templates/></xsl:when><xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise></xsl:choose></xsl:for-each></table-wrap-foot></xsl:if>
    </table-wrap>
  </xsl:template>
  <xsl:template match="*" mode="cals"><xsl:copy><xsl:copy-of select="@*"/><xsl:apply-templates select="*" mode="cals"/></xsl:copy></xsl:template>
  <xsl:template match="entry" mode="cals"><entry><xsl:copy-of select="@*"/><xsl:apply-templates/></entry></xsl:template>
  <xsl:template match="fn"><fn><xsl:call-template name="id"/><xsl:apply-templates/></fn></xsl:template>

  <xsl:template match="fd"><disp-formula><xsl:call-template name="id"/><xsl:apply-templates/></disp-formula></xsl:template>
  <xsl:template match="f"><inline-formula><xsl:call-template name="id"/><xsl:apply-templates/></inline-formula></xsl:template>
  <xsl:template match="m:math | math"><xsl:copy-of select="."/></xsl:template>
  <xsl:template match="mathimg"><inline-graphic href="{@entname}"/></xsl:template>

  <!-- `bibr` is empty: its number is printed, raised -->
  <xsl:template match="bibr">
    <sup><xref ref-type="bibr" rid="{@rid}">
      <xsl:apply-templates/>
      <xsl:if test="not(node())"><xsl:value-of select="translate(translate(normalize-space(@rid), 'b', ''), ' ', ',')"/></xsl:if>
    </xref></sup>
  </xsl:template>
  <xsl:template match="bibrinl"><xref ref-type="bibr" rid="{@rid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="figr | illusr"><xref ref-type="fig" rid="{@rid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="illusr[not(node())]"/>
  <xsl:template match="tablr"><xref ref-type="table" rid="{@rid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="fdr | eqr"><xref ref-type="disp-formula" rid="{@rid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="ancref"><xref ref-type="sec" rid="{@rid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="fnr"><xref ref-type="fn" rid="{@rid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="weblink[@url]"><ext-link href="{@url}"><xsl:apply-templates/></ext-link></xsl:template>
  <xsl:template match="url"><ext-link href="{normalize-space(.)}"><xsl:apply-templates/></ext-link></xsl:template>

  <xsl:template match="i | italic"><italic><xsl:apply-templates/></italic></xsl:template>
  <xsl:template match="b"><bold><xsl:apply-templates/></bold></xsl:template>
  <xsl:template match="bi"><bold><italic><xsl:apply-templates/></italic></bold></xsl:template>
  <xsl:template match="super | sup"><sup><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="sub"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="sc"><sc><xsl:apply-templates/></sc></xsl:template>
  <xsl:template match="newline"><break/></xsl:template>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>

  <xsl:template name="id"><xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
