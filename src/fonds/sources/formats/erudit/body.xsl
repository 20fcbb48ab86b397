<?xml version="1.0" encoding="UTF-8"?>
<!-- The body and the annexed parts of an Érudit article in the names of JATS. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:e="http://www.erudit.org/xsd/article" xmlns:m="http://www.w3.org/1998/Math/MathML"
    xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="e m xlink">

  <xsl:template match="/*">
    <article>
      <body><xsl:apply-templates select="e:corps/*"/></body>
      <back>
        <xsl:for-each select="e:partiesann/e:merci"><ack><xsl:apply-templates/></ack></xsl:for-each>
        <xsl:for-each select="e:partiesann/e:grannexe/e:annexe"><app><xsl:call-template name="id"/><xsl:apply-templates/></app></xsl:for-each>
        <xsl:for-each select="e:partiesann/e:grnotebio/e:notebio"><bio><xsl:apply-templates select="*[not(self::e:nompers)]"/></bio></xsl:for-each>
        <xsl:for-each select="e:partiesann/e:grnote"><fn-group><xsl:apply-templates/></fn-group></xsl:for-each>
      </back>
    </article>
  </xsl:template>

  <xsl:template match="e:section1 | e:section2 | e:section3 | e:section4 | e:section5 | e:section6"><sec><xsl:call-template name="id"/><xsl:apply-templates/></sec></xsl:template>
  <!-- numbers of sections and paragraphs are counted by the platform, not written by the author -->
  <xsl:template match="e:no"/>
  <xsl:template match="e:titre"><title><xsl:apply-templates/></title></xsl:template>
  <xsl:template match="e:alinea | e:source"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="e:bloccitation | e:exergue | e:epigraphe | e:dedicace | e:verbatim"><disp-quote><xsl:choose><xsl:when test="*[self::e:alinea or self::e:bloc]"><xsl:apply-templates/></xsl:when><xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise></xsl:choose></disp-quote></xsl:template>
  <xsl:template match="e:bloc | e:ligne"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="e:encadre"><boxed-text><xsl:call-template name="id"/><xsl:apply-templates/></boxed-text></xsl:template>
  <xsl:template match="e:listord"><list list-type="order"><xsl:apply-templates select="e:elemliste"/></list></xsl:template>
  <xsl:template match="e:listnonord | e:listerelation | e:listegen"><list list-type="bullet"><xsl:apply-templates select=".//e:elemliste"/></list></xsl:template>
  <xsl:template match="e:elemliste"><list-item><xsl:apply-templates/></list-item></xsl:template>

  <xsl:template match="e:grfigure | e:grtableau"><xsl:apply-templates select="e:figure | e:tableau"/></xsl:template>
  <xsl:template match="e:figure"><fig><xsl:call-template name="float"/></fig></xsl:template>
  <xsl:template match="e:tableau"><table-wrap><xsl:call-template name="float"/></table-wrap></xsl:template>
  <xsl:template name="float">
    <xsl:call-template name="id"/>
    <xsl:if test="e:no"><label><xsl:value-of select="normalize-space(e:no)"/></label></xsl:if>
    <xsl:if test="e:legende"><caption><xsl:apply-templates select="e:legende/*"/></caption></xsl:if>
    <xsl:apply-templates select=".//e:tabtexte"/>
    <xsl:for-each select="e:objetmedia//e:image[@xlink:href or @id][1]"><graphic href="{(@xlink:href | @id)[last()]}"/></xsl:for-each>
    <xsl:if test="e:notefig or e:notetabl or e:source"><table-wrap-foot><xsl:apply-templates select="e:notefig/* | e:notetabl/* | e:source"/></table-wrap-foot></xsl:if>
  </xsl:template>
  <xsl:template match="e:tabtexte"><table><xsl:for-each select=".//e:tabligne"><tr><xsl:for-each select="e:tabcellulee | e:tabcelluled"><td><xsl:if test="@nbcol"><xsl:attribute name="colspan"><xsl:value-of select="@nbcol"/></xsl:attribute></xsl:if><xsl:apply-templates/></td></xsl:for-each></tr></xsl:for-each></table></xsl:template>
  <xsl:template match="e:objetmedia"><xsl:for-each select=".//e:image[1]"><inline-graphic href="{(@xlink:href | @id)[last()]}"/></xsl:for-each></xsl:template>
  <xsl:template match="e:equation"><disp-formula><xsl:call-template name="id"/><xsl:apply-templates/></disp-formula></xsl:template>
  <xsl:template match="m:math"><xsl:copy-of select="."/></xsl:template>

  <xsl:template match="e:renvoi">
    <xref rid="{@idref}">
      <xsl:attribute name="ref-type"><xsl:choose>
        <xsl:when test="@typeref='refbiblio'">bibr</xsl:when>
        <xsl:when test="@typeref='figure'">fig</xsl:when>
        <xsl:when test="@typeref='tableau'">table</xsl:when>
        <xsl:when test="@typeref='note' or not(@typeref)">fn</xsl:when>
        <xsl:otherwise>sec</xsl:otherwise>
      </xsl:choose></xsl:attribute>
      <xsl:apply-templates/>
    </xref>
  </xsl:template>
  <xsl:template match="e:note"><fn><xsl:call-template name="id"/><xsl:apply-templates/></fn></xsl:template>
  <xsl:template match="e:liensimple"><ext-link href="{@xlink:href}"><xsl:apply-templates/></ext-link></xsl:template>

  <xsl:template match="e:marquage">
    <xsl:choose>
      <xsl:when test="@typemarq='gras'"><bold><xsl:apply-templates/></bold></xsl:when>
      <xsl:when test="@typemarq='souligne'"><underline><xsl:apply-templates/></underline></xsl:when>
      <xsl:when test="@typemarq='petitecap' or @typemarq='majuscule'"><sc><xsl:apply-templates/></sc></xsl:when>
      <xsl:when test="@typemarq='espacefixe'"><monospace><xsl:apply-templates/></monospace></xsl:when>
      <xsl:when test="@typemarq='barre'"><strike><xsl:apply-templates/></strike></xsl:when>
      <xsl:otherwise><italic><xsl:apply-templates/></italic></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="e:exposant"><sup><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="e:indice"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>

  <xsl:template name="id"><xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
