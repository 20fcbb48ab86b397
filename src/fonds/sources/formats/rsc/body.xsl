<?xml version="1.0" encoding="UTF-8"?>
<!-- The body and back of an RSC article in the names of JATS. Old articles hold one section of
     text taken from the PDF (PDFExtract). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="http://www.w3.org/1998/Math/MathML" exclude-result-prefixes="m">

  <xsl:template match="/*">
    <article>
      <body><xsl:apply-templates select="art-body/*[not(self::ack)]"/></body>
      <back>
        <xsl:for-each select="art-body/ack | art-back/ack"><ack><xsl:choose><xsl:when test="p"><xsl:apply-templates/></xsl:when><xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise></xsl:choose></ack></xsl:for-each>
        <xsl:for-each select="art-back/appgrp/appendix | art-back/appendix"><app><xsl:call-template name="id"/><xsl:apply-templates/></app></xsl:for-each>
      </back>
    </article>
  </xsl:template>

  <xsl:template match="section | subsect1 | subsect2 | subsect3 | subsect4 | subsect5">
    <sec><xsl:call-template name="id"/><xsl:if test="@type"><xsl:attribute name="sec-type"><xsl:value-of select="@type"/></xsl:attribute></xsl:if><xsl:apply-templates/></sec>
  </xsl:template>
  <xsl:template match="no"><label><xsl:value-of select="normalize-space(.)"/></label></xsl:template>
  <xsl:template match="title"><title><xsl:apply-templates/></title></xsl:template>
  <xsl:template match="p"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="list"><list><xsl:attribute name="list-type"><xsl:choose><xsl:when test="@type='bullet' or not(@type)">bullet</xsl:when><xsl:otherwise>order</xsl:otherwise></xsl:choose></xsl:attribute><xsl:for-each select="item"><list-item><xsl:choose><xsl:when test="p"><xsl:apply-templates/></xsl:when><xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise></xsl:choose></list-item></xsl:for-each></list></xsl:template>
  <xsl:template match="figure | scheme | chart | plate | ugraphic"><fig><xsl:call-template name="id"/><xsl:if test="title"><caption><p><xsl:apply-templates select="title/node()"/></p></caption></xsl:if><xsl:if test="@xsrc"><graphic href="{@xsrc}"/></xsl:if></fig></xsl:template>
  <xsl:template match="table-entry">
    <table-wrap>
      <xsl:call-template name="id"/>
      <xsl:if test="title"><caption><p><xsl:apply-templates select="title/node()"/></p></caption></xsl:if>
      <xsl:for-each select=".//tgroup"><table><xsl:apply-templates mode="cals"/></table></xsl:for-each>
      <xsl:if test=".//footnote"><table-wrap-foot><xsl:apply-templates select=".//footnote"/></table-wrap-foot></xsl:if>
    </table-wrap>
  </xsl:template>
  <xsl:template match="*" mode="cals"><xsl:copy><xsl:copy-of select="@*"/><xsl:apply-templates select="*" mode="cals"/></xsl:copy></xsl:template>
  <xsl:template match="entry" mode="cals"><entry><xsl:copy-of select="@*"/><xsl:apply-templates/></entry></xsl:template>
  <xsl:template match="eqn | eqntext"><disp-formula><xsl:call-template name="id"/><xsl:apply-templates/></disp-formula></xsl:template>
  <xsl:template match="m:math | math"><inline-formula><xsl:copy-of select="."/></inline-formula></xsl:template>
  <xsl:template match="footnote"><fn><xsl:call-template name="id"/><xsl:choose><xsl:when test="p"><xsl:apply-templates/></xsl:when><xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise></xsl:choose></fn></xsl:template>

  <xsl:template match="citref"><sup><xref ref-type="bibr" rid="{@idrefs}"><xsl:apply-templates/></xref></sup></xsl:template>
  <xsl:template match="figref | schemref | chartref | plateref"><xref ref-type="fig" rid="{@idrefs}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="tableref"><xref ref-type="table" rid="{@idrefs}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="eqnref"><xref ref-type="disp-formula" rid="{@idrefs}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="secref"><xref ref-type="sec" rid="{@idrefs}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="fnoteref"><xref ref-type="fn" rid="{@idrefs}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="url"><ext-link href="{@url}"><xsl:apply-templates/></ext-link></xsl:template>

  <xsl:template match="it"><italic><xsl:apply-templates/></italic></xsl:template>
  <xsl:template match="bo"><bold><xsl:apply-templates/></bold></xsl:template>
  <xsl:template match="sup"><sup><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="inf"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="scp | sc"><sc><xsl:apply-templates/></sc></xsl:template>
  <xsl:template match="ul"><underline><xsl:apply-templates/></underline></xsl:template>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>

  <xsl:template name="id"><xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
