<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="http://www.tei-c.org/ns/1.0">
  <xsl:key name="reference" match="reference" use="@anchor"/>

  <xsl:template match="/rfc">
    <xsl:if test="middle/section">
      <text>
        <body><xsl:apply-templates select="middle/section"/></body>
        <xsl:if test="back/section"><back><xsl:apply-templates select="back/section"/></back></xsl:if>
      </text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="section"><div><xsl:call-template name="id"/><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="section/name"><head><xsl:apply-templates/></head></xsl:template>
  <xsl:template match="t"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="li/t"><xsl:apply-templates/></xsl:template>
  <xsl:template match="ul"><list rend="bulleted"><xsl:apply-templates select="li"/></list></xsl:template>
  <xsl:template match="ol"><list rend="ordered"><xsl:apply-templates select="li"/></list></xsl:template>
  <xsl:template match="li"><item><xsl:apply-templates/></item></xsl:template>
  <xsl:template match="sourcecode | artwork"><p><code><xsl:value-of select="."/></code></p></xsl:template>
  <xsl:template match="em"><hi rend="italic"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="strong"><hi rend="bold"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="eref"><ref type="url" target="{@target}"><xsl:value-of select="."/></ref></xsl:template>
  <xsl:template match="xref">
    <ref target="#{@target}">
      <xsl:attribute name="type"><xsl:choose>
        <xsl:when test="key('reference', @target)">bibr</xsl:when>
        <xsl:otherwise>section</xsl:otherwise>
      </xsl:choose></xsl:attribute>
      <xsl:choose><xsl:when test="normalize-space(.) != ''"><xsl:value-of select="."/></xsl:when><xsl:otherwise>[<xsl:value-of select="@target"/>]</xsl:otherwise></xsl:choose>
    </ref>
  </xsl:template>

  <xsl:template name="id"><xsl:if test="@anchor"><xsl:attribute name="xml:id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
