<?xml version="1.0" encoding="UTF-8"?>
<!-- The text of a TEI text: blocks parted by U+2029 (paragraph separator); blanks are collapsed
     afterwards. With `cleaned`, running text of the body alone: no captions, tables, notes and
     code, formulas as a placeholder. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:t="http://www.tei-c.org/ns/1.0"
    xmlns:m="http://www.w3.org/1998/Math/MathML">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="cleaned" select="false()"/>
  <xsl:template match="/*">
    <xsl:choose>
      <xsl:when test="$cleaned"><xsl:apply-templates select="t:body | t:group"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="t:front | t:body | t:group | t:back"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:p | t:head | t:item | t:quote | t:l | t:speaker | t:row | t:figDesc | t:ab | t:bibl | t:byline | t:signed | t:trailer | t:titlePart | t:docTitle | t:list">
    <xsl:text>&#x2029;</xsl:text><xsl:apply-templates/><xsl:text>&#x2029;</xsl:text>
  </xsl:template>
  <!-- within a sentence: a work that is named, words that are quoted -->
  <xsl:template match="t:p//t:bibl | t:note//t:bibl | t:head//t:bibl | t:cell//t:bibl | t:item//t:bibl | t:p/t:quote[not(t:p or t:l or t:lg or t:list)]"><xsl:apply-templates/></xsl:template>
  <xsl:template match="t:item/t:label"><xsl:apply-templates/><xsl:text> </xsl:text></xsl:template>
  <!-- a row is one block, whatever its cells are made of -->
  <xsl:template match="t:cell//t:p | t:cell//t:list | t:cell//t:item"><xsl:apply-templates/><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="t:cell"><xsl:apply-templates/><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="t:lb | t:pb"><xsl:if test="not(@break = 'no')"><xsl:text> </xsl:text></xsl:if></xsl:template>
  <!-- the lines of a listing are parted by U+2028 (line separator) -->
  <xsl:template match="t:code"><xsl:if test="not($cleaned)"><xsl:text>&#x2029;</xsl:text><xsl:value-of select="translate(., '&#10;', '&#x2028;')"/><xsl:text>&#x2029;</xsl:text></xsl:if></xsl:template>
  <xsl:template match="t:figure | t:table"><xsl:if test="not($cleaned)"><xsl:text>&#x2029;</xsl:text><xsl:apply-templates/><xsl:text>&#x2029;</xsl:text></xsl:if></xsl:template>
  <xsl:template match="t:note"><xsl:if test="not($cleaned)"><xsl:text>&#x2029;</xsl:text><xsl:apply-templates/><xsl:text>&#x2029;</xsl:text></xsl:if></xsl:template>
  <xsl:template match="t:formula">
    <xsl:choose>
      <xsl:when test="$cleaned"> _placeholder_formula_ </xsl:when>
      <xsl:otherwise><xsl:text> </xsl:text><xsl:apply-templates/><xsl:text> </xsl:text></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- the cells of a matrix and what is spaced apart are words of their own -->
  <xsl:template match="m:mspace[not(starts-with(@width, '-'))] | m:mtd"><xsl:apply-templates/><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="t:fw | t:teiHeader | t:graphic"/>
</xsl:stylesheet>
