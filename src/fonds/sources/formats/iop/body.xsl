<?xml version="1.0" encoding="UTF-8"?>
<!-- The body and back of an iopart article in the names of JATS. `TeX` elements were processing
     instructions (see instructions.py). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="/*">
    <article>
      <body><xsl:apply-templates select="body/*[not(self::acknowledgment or self::appendix)]"/></body>
      <back>
        <xsl:for-each select="body/acknowledgment | back/acknowledgment"><ack><xsl:apply-templates/></ack></xsl:for-each>
        <xsl:for-each select="body/appendix | back/appendix"><app><xsl:call-template name="id"/><xsl:apply-templates/></app></xsl:for-each>
        <xsl:for-each select="back/footnotes[footnote]"><fn-group><xsl:apply-templates/></fn-group></xsl:for-each>
      </back>
    </article>
  </xsl:template>

  <xsl:template match="sec-level1 | sec-level2 | sec-level3 | sec-level4 | sec-level5">
    <sec>
      <xsl:call-template name="id"/>
      <xsl:if test="@type != 'unnum' and @label"><label><xsl:value-of select="@label"/></label></xsl:if>
      <xsl:apply-templates/>
    </sec>
  </xsl:template>
  <xsl:template match="heading"><title><xsl:apply-templates/></title></xsl:template>
  <xsl:template match="p"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="quote"><disp-quote><xsl:apply-templates/></disp-quote></xsl:template>
  <xsl:template match="definition | theorem | proof | lemma | statement"><statement><xsl:call-template name="id"/><xsl:apply-templates/></statement></xsl:template>
  <xsl:template match="itemized-list"><list list-type="bullet"><xsl:apply-templates select="list-item"/></list></xsl:template>
  <xsl:template match="ordered-list"><list list-type="order"><xsl:apply-templates select="list-item"/></list></xsl:template>
  <xsl:template match="list-item"><list-item><xsl:call-template name="id"/><xsl:apply-templates/></list-item></xsl:template>

  <xsl:template match="figure"><fig><xsl:call-template name="id"/><xsl:apply-templates select="caption"/><xsl:for-each select=".//graphic-file[last()]"><graphic href="{@filename}"/></xsl:for-each></fig></xsl:template>
  <xsl:template match="table">
    <table-wrap>
      <xsl:call-template name="id"/>
      <xsl:apply-templates select="caption"/>
      <xsl:for-each select="tgroup"><table><xsl:apply-templates select="colspec | spanspec | thead | tbody" mode="cals"/></table></xsl:for-each>
      <xsl:if test="tgroup/tfoot"><table-wrap-foot><xsl:for-each select="tgroup/tfoot"><p><xsl:apply-templates/></p></xsl:for-each></table-wrap-foot></xsl:if>
    </table-wrap>
  </xsl:template>
  <xsl:template match="caption"><xsl:if test="@label"><label><xsl:value-of select="@label"/></label></xsl:if><caption><xsl:apply-templates/></caption></xsl:template>
  <xsl:template match="*" mode="cals"><xsl:copy><xsl:copy-of select="@*"/><xsl:apply-templates select="*" mode="cals"/></xsl:copy></xsl:template>
  <xsl:template match="row[entry and not(entry//text()[normalize-space(.) != '' and not(contains(., '\hrulefill'))])]" mode="cals"/>
  <xsl:template match="entry" mode="cals"><entry><xsl:copy-of select="@*"/><xsl:apply-templates/></entry></xsl:template>

  <xsl:template match="display-eqn">
    <disp-formula>
      <xsl:call-template name="id"/>
      <xsl:if test="@eqnnum"><label>(<xsl:value-of select="@eqnnum"/>)</label></xsl:if>
      <xsl:call-template name="formula"/>
    </disp-formula>
  </xsl:template>
  <xsl:template match="eqn-group"><xsl:apply-templates select="display-eqn"/></xsl:template>
  <xsl:template match="inline-eqn"><inline-formula><xsl:call-template name="formula"/></inline-formula></xsl:template>
  <xsl:template name="formula">
    <xsl:choose>
      <xsl:when test="TeX"><tex-math><xsl:value-of select="TeX"/></tex-math></xsl:when>
      <xsl:when test="math-text"><xsl:apply-templates select="math-text/node()"/></xsl:when>
      <xsl:otherwise><xsl:for-each select="(eqn-graphic | inline-graphic)[1]"><inline-graphic href="{@filename}"/></xsl:for-each></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="TeX"/>

  <xsl:template match="cite"><xref ref-type="bibr" rid="{@linkend}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="figref"><xref ref-type="fig" rid="{@linkend}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="tabref"><xref ref-type="table" rid="{@linkend}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="eqnref"><xref ref-type="disp-formula" rid="{@linkend}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="secref"><xref ref-type="sec" rid="{@linkend}"><xsl:apply-templates/></xref></xsl:template>
  <xsl:template match="fnref"><sup><xref ref-type="fn" rid="{@linkend}"><xsl:apply-templates/><xsl:if test="not(node())"><xsl:value-of select="count(//footnote[@id = current()/@linkend]/preceding-sibling::footnote) + 1"/></xsl:if></xref></sup></xsl:template>
  <xsl:template match="webref | arxiv[@url]"><ext-link href="{@url}"><xsl:apply-templates/></ext-link></xsl:template>
  <xsl:template match="footnote"><fn><xsl:call-template name="id"/><xsl:apply-templates/></fn></xsl:template>

  <xsl:template match="italic"><italic><xsl:apply-templates/></italic></xsl:template>
  <xsl:template match="bold"><bold><xsl:apply-templates/></bold></xsl:template>
  <xsl:template match="sup"><sup><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="sub"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="small-cap | smallcap"><sc><xsl:apply-templates/></sc></xsl:template>
  <xsl:template match="underline"><underline><xsl:apply-templates/></underline></xsl:template>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>

  <xsl:template name="id"><xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
