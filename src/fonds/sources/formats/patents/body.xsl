<?xml version="1.0" encoding="UTF-8"?>
<!-- Description, claims and drawings of a patent as a TEI text. Headings stand beside their
     paragraphs; what follows a heading until the next becomes its division. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="http://www.tei-c.org/ns/1.0" xmlns:m="http://www.w3.org/1998/Math/MathML"
    exclude-result-prefixes="m">

  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:key name="under" match="description/* | description-of-drawings/*" use="generate-id(preceding::heading[1])"/>

  <xsl:template match="/*">
    <xsl:if test="description or claims">
      <text>
        <body>
          <xsl:for-each select="description//heading">
            <div type="description">
              <xsl:call-template name="id"/>
              <xsl:if test="normalize-space(.) != ''"><head><xsl:apply-templates/></head></xsl:if>
              <xsl:apply-templates select="key('under', generate-id())"/>
            </div>
          </xsl:for-each>
          <xsl:if test="description[not(.//heading)]"><div type="description"><xsl:apply-templates select="description/*"/></div></xsl:if>
          <xsl:if test="claims/claim">
            <div type="claims">
              <xsl:if test="us-claim-statement"><head><xsl:value-of select="normalize-space(us-claim-statement)"/></head></xsl:if>
              <list rend="ordered"><xsl:apply-templates select="claims/claim"/></list>
            </div>
          </xsl:if>
          <xsl:if test="drawings//img">
            <div type="drawings"><xsl:for-each select="drawings//img"><figure><xsl:call-template name="id"/><graphic url="{@file}"/></figure></xsl:for-each></div>
          </xsl:if>
        </body>
      </text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="heading | description-of-drawings"/>
  <xsl:template match="p"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="description-of-drawings/p[preceding::heading]" priority="1"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="claim"><item><xsl:call-template name="id"/><xsl:apply-templates select="claim-text"/></item></xsl:template>
  <xsl:template match="claim/claim-text"><xsl:apply-templates/></xsl:template>
  <xsl:template match="claim-text"><list rend="bulleted"><item><xsl:apply-templates/></item></list></xsl:template>
  <xsl:template match="claim-ref"><ref type="section" target="#{@idref}"><xsl:apply-templates/></ref></xsl:template>

  <xsl:template match="ul | ol | dl">
    <xsl:if test="li | dd">
      <list>
        <xsl:attribute name="rend"><xsl:choose><xsl:when test="self::ol">ordered</xsl:when><xsl:otherwise>bulleted</xsl:otherwise></xsl:choose></xsl:attribute>
        <xsl:for-each select="li | dt | dd"><item><xsl:apply-templates/></item></xsl:for-each>
      </list>
    </xsl:if>
  </xsl:template>
  <xsl:template match="tables"><xsl:apply-templates select="table"/></xsl:template>
  <xsl:template match="table">
    <xsl:if test=".//entry">
      <figure type="table">
        <xsl:call-template name="id"/>
        <xsl:if test="title"><head><xsl:value-of select="normalize-space(title)"/></head></xsl:if>
        <table>
          <xsl:for-each select=".//row[entry]">
            <row><xsl:if test="parent::thead"><xsl:attribute name="role">label</xsl:attribute></xsl:if>
              <xsl:for-each select="entry"><cell><xsl:apply-templates/></cell></xsl:for-each>
            </row>
          </xsl:for-each>
        </table>
      </figure>
    </xsl:if>
  </xsl:template>
  <xsl:template match="maths">
    <formula>
      <xsl:call-template name="id"/>
      <xsl:choose>
        <xsl:when test="m:math"><xsl:attribute name="notation">mathml</xsl:attribute><xsl:copy-of select="m:math"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="normalize-space(.)"/></xsl:otherwise>
      </xsl:choose>
    </formula>
  </xsl:template>
  <xsl:template match="description/maths"><p><formula><xsl:value-of select="normalize-space(.)"/></formula></p></xsl:template>
  <xsl:template match="b | i | sub | sup | u | smallcaps">
    <hi>
      <xsl:attribute name="rend"><xsl:choose>
        <xsl:when test="self::b">bold</xsl:when>
        <xsl:when test="self::i">italic</xsl:when>
        <xsl:when test="self::sub">subscript</xsl:when>
        <xsl:when test="self::sup">superscript</xsl:when>
        <xsl:when test="self::u">underline</xsl:when>
        <xsl:otherwise>smallcaps</xsl:otherwise>
      </xsl:choose></xsl:attribute>
      <xsl:apply-templates/>
    </hi>
  </xsl:template>
  <xsl:template match="br"><lb/></xsl:template>
  <xsl:template match="img | chemistry"/>

  <xsl:template name="id"><xsl:if test="@id"><xsl:attribute name="xml:id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
