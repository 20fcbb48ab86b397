<?xml version="1.0" encoding="UTF-8"?>
<!-- The body and back of a BMC `art` in the names of JATS. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="http://www.w3.org/1998/Math/MathML" exclude-result-prefixes="m">

  <xsl:template match="/*">
    <article>
      <body><xsl:apply-templates select="bdy/*"/></body>
      <back>
        <xsl:for-each select="bm/ack"><ack><xsl:apply-templates select="sec/*"/><xsl:apply-templates select="*[not(self::sec)]"/></ack></xsl:for-each>
        <xsl:for-each select="bm/app"><app><xsl:call-template name="id"/><xsl:apply-templates/></app></xsl:for-each>
        <xsl:for-each select="bm/endnote | bm/fngrp"><fn-group><xsl:apply-templates/></fn-group></xsl:for-each>
      </back>
    </article>
  </xsl:template>

  <xsl:template match="sec"><sec><xsl:call-template name="id"/><xsl:apply-templates/></sec></xsl:template>
  <xsl:template match="st"><title><xsl:apply-templates select="p/node()"/><xsl:if test="not(p)"><xsl:apply-templates/></xsl:if></title></xsl:template>
  <xsl:template match="p"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="ol | ul"><list><xsl:attribute name="list-type"><xsl:choose><xsl:when test="self::ol">order</xsl:when><xsl:otherwise>bullet</xsl:otherwise></xsl:choose></xsl:attribute><xsl:for-each select="li"><list-item><xsl:choose><xsl:when test="p"><xsl:apply-templates/></xsl:when><xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise></xsl:choose></list-item></xsl:for-each></list></xsl:template>
  <xsl:template match="quote"><disp-quote><xsl:apply-templates/></disp-quote></xsl:template>

  <!-- BMC repeats the caption as the first, bold words of the text -->
  <xsl:template match="fig"><fig><xsl:call-template name="captioned"/><xsl:for-each select="graphic"><graphic href="{@file}"/></xsl:for-each></fig></xsl:template>
  <xsl:template match="suppl"><supplementary-material><xsl:call-template name="captioned"/><xsl:for-each select="file"><media href="{@name}"/></xsl:for-each></supplementary-material></xsl:template>
  <xsl:template match="table | tbl">
    <table-wrap>
      <xsl:call-template name="captioned"/>
      <xsl:for-each select="tgroup | tblbdy"><table><xsl:apply-templates select="*[not(self::tfoot)]" mode="cals"/></table></xsl:for-each>
      <xsl:for-each select="tgroup/tfoot | tblfn"><table-wrap-foot><xsl:apply-templates/></table-wrap-foot></xsl:for-each>
    </table-wrap>
  </xsl:template>
  <xsl:template name="captioned">
    <xsl:call-template name="id"/>
    <xsl:if test="title"><label><xsl:value-of select="normalize-space(title)"/></label></xsl:if>
    <xsl:choose>
      <xsl:when test="normalize-space(text) != '' and starts-with(normalize-space(text), normalize-space(caption))"><caption><xsl:apply-templates select="text/*"/></caption></xsl:when>
      <xsl:when test="caption or text"><caption><xsl:apply-templates select="caption/* | text/*"/></caption></xsl:when>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="*" mode="cals"><xsl:copy><xsl:copy-of select="@*"/><xsl:apply-templates select="*" mode="cals"/></xsl:copy></xsl:template>
  <xsl:template match="entry" mode="cals"><entry><xsl:copy-of select="@*"/><xsl:apply-templates/></entry></xsl:template>
  <xsl:template match="r" mode="cals"><tr><xsl:for-each select="c"><td><xsl:if test="@cspan"><xsl:attribute name="colspan"><xsl:value-of select="@cspan"/></xsl:attribute></xsl:if><xsl:apply-templates/></td></xsl:for-each></tr></xsl:template>

  <xsl:template match="display-formula"><disp-formula><xsl:call-template name="id"/><xsl:apply-templates/></disp-formula></xsl:template>
  <xsl:template match="inline-formula"><inline-formula><xsl:apply-templates/></inline-formula></xsl:template>
  <xsl:template match="m:math"><xsl:copy-of select="."/></xsl:template>

  <!-- `abbrgrp` holds the printed numbers between its `abbr` -->
  <xsl:template match="abbrgrp"><xsl:text>[</xsl:text><xsl:for-each select="abbr | text()[normalize-space(.) != '']"><xsl:if test="position() &gt; 1 and self::abbr and preceding-sibling::node()[1][self::abbr or normalize-space(.) = '']">,</xsl:if><xsl:apply-templates select="."/></xsl:for-each><xsl:text>]</xsl:text></xsl:template>
  <xsl:template match="abbr"><xref ref-type="bibr" rid="{@bid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="figr"><xref ref-type="fig" rid="{@fid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="tblr"><xref ref-type="table" rid="{@tid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="supplr"><xref ref-type="supplementary-material" rid="{@sid}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="url"><ext-link href="{normalize-space(.)}"><xsl:apply-templates/></ext-link></xsl:template>
  <xsl:template match="a[@href]"><ext-link href="{@href}"><xsl:apply-templates/></ext-link></xsl:template>

  <xsl:template match="it"><italic><xsl:apply-templates/></italic></xsl:template>
  <xsl:template match="b"><bold><xsl:apply-templates/></bold></xsl:template>
  <xsl:template match="sup"><sup><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="sub"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="ul[not(li)]"><underline><xsl:apply-templates/></underline></xsl:template>
  <xsl:template match="monospace"><monospace><xsl:apply-templates/></monospace></xsl:template>
  <xsl:template match="refgrp | file"/>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>

  <xsl:template name="id"><xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
