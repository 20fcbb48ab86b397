<?xml version="1.0" encoding="UTF-8"?>
<!-- Pages of ALTO of any version (the namespace changes with it) as a TEI body: a block is a
     paragraph, a line ends in lb, a word hyphenated over two lines is one. Margins hold running
     heads and page numbers, and are left out. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="http://www.tei-c.org/ns/1.0">

  <xsl:output method="xml" encoding="UTF-8"/>
  <!-- some programs write no spaces at all; between them words are parted, single signs are not -->
  <xsl:variable name="spaced" select="boolean(//*[local-name()='SP'])"/>

  <xsl:template match="/*">
    <body>
      <xsl:for-each select="//*[local-name()='Page']">
        <pb>
          <xsl:attribute name="n"><xsl:choose>
            <xsl:when test="@PRINTED_IMG_NR"><xsl:value-of select="normalize-space(@PRINTED_IMG_NR)"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="normalize-space(@PHYSICAL_IMG_NR)"/></xsl:otherwise>
          </xsl:choose></xsl:attribute>
        </pb>
        <xsl:for-each select="*[local-name()='PrintSpace']//*[local-name()='TextBlock'][.//@CONTENT[normalize-space(.) != '']]">
          <p><xsl:apply-templates select="*[local-name()='TextLine']"/></p><xsl:text>&#10;</xsl:text>
        </xsl:for-each>
      </xsl:for-each>
    </body>
  </xsl:template>

  <xsl:template match="*[local-name()='TextLine']">
    <xsl:if test="preceding-sibling::*[local-name()='TextLine']"><xsl:text>&#10;</xsl:text><lb/></xsl:if>
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="*[local-name()='String']">
    <xsl:choose>
      <xsl:when test="@SUBS_TYPE='HypPart1' and @SUBS_CONTENT"><xsl:value-of select="@SUBS_CONTENT"/></xsl:when>
      <xsl:when test="@SUBS_TYPE='HypPart2' and @SUBS_CONTENT"/>
      <xsl:otherwise><xsl:value-of select="@CONTENT"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="not($spaced) and following-sibling::*[local-name()='String'] and (string-length(@CONTENT) &gt; 1 or string-length(following-sibling::*[local-name()='String'][1]/@CONTENT) &gt; 1)"><xsl:text> </xsl:text></xsl:if>
  </xsl:template>
  <xsl:template match="*[local-name()='SP']"><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="*[local-name()='HYP']"><xsl:if test="not(../*[@SUBS_CONTENT])"><xsl:value-of select="@CONTENT"/></xsl:if></xsl:template>
  <xsl:template match="*"/>
</xsl:stylesheet>
