<?xml version="1.0" encoding="UTF-8"?>
<!-- The body and back of an A++ article or chapter in the names of JATS. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="http://www.w3.org/1998/Math/MathML" exclude-result-prefixes="m">

  <xsl:template match="/*">
    <article>
      <body><xsl:apply-templates select="Body/node()"/></body>
      <back><xsl:apply-templates select="ArticleBackmatter/* | ChapterBackmatter/*" mode="back"/></back>
    </article>
  </xsl:template>

  <xsl:template match="Acknowledgments" mode="back"><ack><xsl:apply-templates/></ack></xsl:template>
  <xsl:template match="Appendix" mode="back"><app><xsl:call-template name="id"/><xsl:apply-templates/></app></xsl:template>
  <xsl:template match="Section1" mode="back"><xsl:apply-templates select="."/></xsl:template>
  <xsl:template match="Bibliography | Index" mode="back"/>
  <xsl:template match="*" mode="back"><notes><xsl:apply-templates/></notes></xsl:template>

  <xsl:template match="Section1 | Section2 | Section3 | Section4 | Section5 | Section6 | Section7">
    <sec><xsl:call-template name="id"/><xsl:if test="@Type"><xsl:attribute name="sec-type"><xsl:value-of select="@Type"/></xsl:attribute></xsl:if><xsl:apply-templates/></sec>
  </xsl:template>
  <xsl:template match="Heading"><title><xsl:apply-templates/></title></xsl:template>
  <xsl:template match="Para | SimplePara | Quotation"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="FormalPara"><sec><xsl:call-template name="id"/><xsl:apply-templates/></sec></xsl:template>
  <xsl:template match="BlockQuote"><disp-quote><xsl:apply-templates/></disp-quote></xsl:template>
  <xsl:template match="BlockQuote[not(Para or SimplePara)]"><disp-quote><p><xsl:apply-templates/></p></disp-quote></xsl:template>
  <xsl:template match="ProgramCode"><preformat><xsl:value-of select="."/></preformat></xsl:template>

  <xsl:template match="OrderedList"><list list-type="order"><xsl:for-each select="ListItem"><list-item><xsl:if test="ItemNumber"><label><xsl:value-of select="ItemNumber"/></label></xsl:if><xsl:apply-templates select="ItemContent/node()"/></list-item></xsl:for-each></list></xsl:template>
  <xsl:template match="UnorderedList"><list list-type="bullet"><xsl:for-each select="ItemContent"><list-item><xsl:apply-templates/></list-item></xsl:for-each></list></xsl:template>
  <xsl:template match="DefinitionList"><def-list><xsl:apply-templates select="Heading"/><xsl:for-each select="DefinitionListEntry"><def-item><term><xsl:apply-templates select="Term/node()"/></term><def><xsl:apply-templates select="Description/node()"/></def></def-item></xsl:for-each></def-list></xsl:template>

  <xsl:template match="Figure"><fig><xsl:call-template name="id"/><xsl:apply-templates select="Caption"/><xsl:apply-templates select=".//ImageObject[1]"/></fig></xsl:template>
  <xsl:template match="Table"><table-wrap><xsl:call-template name="id"/><xsl:apply-templates select="Caption"/><xsl:for-each select="tgroup"><table><xsl:copy-of select="@cols"/><xsl:apply-templates mode="cals"/></table></xsl:for-each><xsl:apply-templates select="MediaObject//ImageObject[1]"/><xsl:for-each select="tfooter"><table-wrap-foot><xsl:apply-templates/></table-wrap-foot></xsl:for-each></table-wrap></xsl:template>
  <xsl:template match="*" mode="cals"><xsl:copy><xsl:copy-of select="@*"/><xsl:apply-templates mode="cals"/></xsl:copy></xsl:template>
  <xsl:template match="entry" mode="cals"><entry><xsl:copy-of select="@*"/><xsl:apply-templates/></entry></xsl:template>
  <xsl:template match="Caption"><xsl:for-each select="CaptionNumber"><label><xsl:value-of select="."/></label></xsl:for-each><caption><xsl:apply-templates select="CaptionContent/node()"/></caption></xsl:template>
  <xsl:template match="ImageObject"><graphic href="{@FileRef}"/></xsl:template>
  <xsl:template match="InlineMediaObject"><xsl:for-each select="ImageObject[1]"><inline-graphic href="{@FileRef}"/></xsl:for-each></xsl:template>

  <xsl:template match="Equation"><disp-formula><xsl:call-template name="id"/><xsl:for-each select="EquationNumber"><label><xsl:value-of select="."/></label></xsl:for-each><xsl:call-template name="formula"/></disp-formula></xsl:template>
  <xsl:template match="InlineEquation"><inline-formula><xsl:call-template name="id"/><xsl:call-template name="formula"/></inline-formula></xsl:template>
  <xsl:template name="formula">
    <xsl:variable name="tex" select="EquationSource[@Format='TEX']"/>
    <xsl:choose>
      <xsl:when test=".//m:math | .//math"><xsl:copy-of select="(.//m:math | .//math)[1]"/></xsl:when>
      <xsl:when test="$tex"><tex-math><xsl:value-of select="translate($tex[1], '$', '')"/></tex-math></xsl:when>
      <xsl:otherwise><xsl:apply-templates select=".//ImageObject[1]"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="CitationRef"><xref ref-type="bibr" rid="{@CitationID}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="InternalRef">
    <xref rid="{@RefID}">
      <xsl:attribute name="ref-type"><xsl:choose>
        <xsl:when test="starts-with(@RefID, 'Fig')">fig</xsl:when>
        <xsl:when test="starts-with(@RefID, 'Tab')">table</xsl:when>
        <xsl:when test="starts-with(@RefID, 'Equ') or starts-with(@RefID, 'IEq')">disp-formula</xsl:when>
        <xsl:when test="starts-with(@RefID, 'Fn')">fn</xsl:when>
        <xsl:otherwise>sec</xsl:otherwise>
      </xsl:choose></xsl:attribute>
      <xsl:apply-templates/>
    </xref>
  </xsl:template>
  <xsl:template match="ExternalRef"><ext-link href="{RefTarget/@Address}"><xsl:apply-templates select="RefSource/node()"/></ext-link></xsl:template>
  <xsl:template match="Footnote"><fn><xsl:call-template name="id"/><xsl:apply-templates/></fn></xsl:template>

  <xsl:template match="Emphasis">
    <xsl:choose>
      <xsl:when test="starts-with(@Type, 'Bold')"><bold><xsl:apply-templates/></bold></xsl:when>
      <xsl:when test="@Type='SmallCaps'"><sc><xsl:apply-templates/></sc></xsl:when>
      <xsl:when test="@Type='Underline'"><underline><xsl:apply-templates/></underline></xsl:when>
      <xsl:when test="@Type='Typewriter' or @FontCategory='NonProportional'"><monospace><xsl:apply-templates/></monospace></xsl:when>
      <xsl:otherwise><italic><xsl:apply-templates/></italic></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="Superscript"><sup><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="Subscript"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="IndexTerm | Biography"/>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>

  <xsl:template name="id"><xsl:if test="@ID"><xsl:attribute name="id"><xsl:value-of select="@ID"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
