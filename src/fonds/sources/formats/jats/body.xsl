<?xml version="1.0" encoding="UTF-8"?>
<!-- The body and back of a JATS article as a TEI text. Elements have no namespace here, but for
     MathML's and those of other vocabularies (TaxPub), which are passed through. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="http://www.tei-c.org/ns/1.0" xmlns:m="http://www.w3.org/1998/Math/MathML"
    xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="m xlink">

  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:template match="/*">
    <xsl:if test="normalize-space(body) != ''">
      <text>
        <body><xsl:apply-templates select="body" mode="blocks"/></body>
        <xsl:variable name="back" select="back/*[not(self::ref-list)]"/>
        <xsl:if test="$back or floats-group or floats-wrap">
          <back>
            <xsl:apply-templates select="$back" mode="back"/>
            <xsl:for-each select="floats-group | floats-wrap">
              <div type="figures"><xsl:apply-templates mode="block"/></div>
            </xsl:for-each>
          </back>
        </xsl:if>
      </text>
    </xsl:if>
  </xsl:template>

  <!-- Blocks. In TEI no paragraph may follow a division: later ones get a division of their own. -->
  <xsl:template match="*" mode="blocks">
    <xsl:apply-templates select="title" mode="block"/>
    <xsl:apply-templates select="*[not(self::title)]" mode="placed"/>
  </xsl:template>

  <xsl:template match="sec | sub-article" mode="placed"><xsl:apply-templates select="." mode="block"/></xsl:template>
  <xsl:template match="notes[title] | fn-group[title] | glossary[title]" mode="placed">
    <div type="{local-name()}"><xsl:call-template name="id"/><xsl:apply-templates select="." mode="blocks"/></div>
  </xsl:template>
  <xsl:template match="*" mode="placed">
    <xsl:choose>
      <xsl:when test="preceding-sibling::*[self::sec or (self::notes or self::fn-group or self::glossary) and title] and normalize-space(.) != ''">
        <div><xsl:apply-templates select="." mode="block"/></div>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="block"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="sec | app" mode="block">
    <div>
      <xsl:call-template name="id"/>
      <xsl:if test="@sec-type"><xsl:attribute name="type"><xsl:value-of select="translate(normalize-space(@sec-type), ' |/,', '----')"/></xsl:attribute></xsl:if>
      <xsl:if test="self::app"><xsl:attribute name="type">appendix</xsl:attribute></xsl:if>
      <xsl:apply-templates select="." mode="blocks"/>
    </div>
  </xsl:template>
  <xsl:template match="app-group" mode="block"><xsl:apply-templates select="app" mode="block"/></xsl:template>

  <xsl:template match="title" mode="block">
    <xsl:if test="normalize-space(.) != ''">
      <head>
        <xsl:if test="../label"><label><xsl:value-of select="normalize-space(../label)"/></label><xsl:text> </xsl:text></xsl:if>
        <xsl:apply-templates/>
      </head>
    </xsl:if>
  </xsl:template>
  <xsl:template match="label | sec-meta | object-id | ref-list | alt-title | kwd-group | x" mode="block"/>

  <xsl:template match="p" mode="block"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="list | def-list | disp-quote | verse-group | speech | fig | fig-group | table-wrap
      | table-wrap-group | boxed-text | statement | fn | supplementary-material | media | graphic | ack-sec" mode="block">
    <xsl:apply-templates select="."/>
  </xsl:template>
  <xsl:template match="disp-formula | disp-formula-group | chem-struct-wrap | preformat | code | alternatives | array" mode="block">
    <p><xsl:apply-templates select="."/></p>
  </xsl:template>
  <xsl:template match="fn-group | glossary | notes" mode="block"><xsl:apply-templates select="*" mode="block"/></xsl:template>
  <xsl:template match="*" mode="block">
    <xsl:choose>
      <xsl:when test=".//p | .//sec | .//list"><xsl:apply-templates select="*" mode="block"/></xsl:when>
      <xsl:when test="normalize-space(.) != ''"><p><xsl:apply-templates/></p></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- Back matter, one division each. -->
  <xsl:template match="ack" mode="back"><xsl:call-template name="part"><xsl:with-param name="type">acknowledgement</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="app-group" mode="back"><xsl:apply-templates select="app" mode="block"/></xsl:template>
  <xsl:template match="app | sec" mode="back"><xsl:apply-templates select="." mode="block"/></xsl:template>
  <xsl:template match="bio" mode="back"><xsl:call-template name="part"><xsl:with-param name="type">biography</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="glossary" mode="back"><xsl:call-template name="part"><xsl:with-param name="type">glossary</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="fn-group | notes" mode="back"><xsl:call-template name="part"><xsl:with-param name="type">notes</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="ref-list | title | label" mode="back"/>
  <xsl:template match="*" mode="back"><xsl:call-template name="part"><xsl:with-param name="type">other</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template name="part">
    <xsl:param name="type"/>
    <xsl:if test="normalize-space(.) != ''">
      <div type="{$type}"><xsl:call-template name="id"/><xsl:apply-templates select="." mode="blocks"/></div>
    </xsl:if>
  </xsl:template>

  <!-- What stands in a paragraph or beside one. -->
  <xsl:template match="p"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="p//p[not(ancestor::fn or ancestor::list-item or ancestor::def or ancestor::caption or ancestor::disp-quote or ancestor::boxed-text or ancestor::statement or ancestor::td or ancestor::th or ancestor::table-wrap-foot)]"><xsl:apply-templates/></xsl:template>

  <xsl:template match="list">
    <list>
      <xsl:call-template name="id"/>
      <xsl:choose>
        <xsl:when test="@list-type='order' or @list-type='arabic' or starts-with(@list-type, 'alpha') or starts-with(@list-type, 'roman')"><xsl:attribute name="rend">ordered</xsl:attribute></xsl:when>
        <xsl:otherwise><xsl:attribute name="rend">bulleted</xsl:attribute></xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="title"><head><xsl:apply-templates/></head></xsl:for-each>
      <xsl:for-each select="list-item">
        <item><xsl:call-template name="id"/><xsl:if test="label"><label><xsl:value-of select="normalize-space(label)"/></label><xsl:text> </xsl:text></xsl:if><xsl:apply-templates select="*[not(self::label)]" mode="item"/></item>
      </xsl:for-each>
      <xsl:if test="not(list-item)"><item/></xsl:if>
    </list>
  </xsl:template>
  <xsl:template match="p" mode="item"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="*" mode="item"><xsl:apply-templates select="."/></xsl:template>
  <xsl:template match="def-list">
    <list type="gloss">
      <xsl:call-template name="id"/>
      <xsl:for-each select="title"><head><xsl:apply-templates/></head></xsl:for-each>
      <xsl:for-each select="def-item"><label><xsl:apply-templates select="term/node()"/></label><item><xsl:apply-templates select="def/*"/></item></xsl:for-each>
      <xsl:if test="not(def-item)"><item/></xsl:if>
    </list>
  </xsl:template>
  <xsl:template match="disp-quote"><quote><xsl:call-template name="id"/><xsl:apply-templates select="*[not(self::attrib or self::title or self::label)]"/><xsl:for-each select="attrib"><p><xsl:apply-templates/></p></xsl:for-each></quote></xsl:template>
  <xsl:template match="verse-group"><lg><xsl:for-each select="verse-line"><l><xsl:apply-templates/></l></xsl:for-each><xsl:apply-templates select="verse-group"/><xsl:if test="not(verse-line or verse-group)"><l><xsl:value-of select="normalize-space(.)"/></l></xsl:if></lg></xsl:template>
  <xsl:template match="speech"><sp><xsl:for-each select="speaker"><speaker><xsl:apply-templates/></speaker></xsl:for-each><xsl:apply-templates select="p"/><xsl:if test="not(p)"><p/></xsl:if></sp></xsl:template>
  <xsl:template match="boxed-text | statement">
    <floatingText>
      <xsl:call-template name="id"/>
      <xsl:attribute name="type"><xsl:choose><xsl:when test="self::statement">statement</xsl:when><xsl:otherwise>box</xsl:otherwise></xsl:choose></xsl:attribute>
      <body>
        <xsl:if test="label or caption/title"><head><xsl:value-of select="normalize-space(label)"/><xsl:if test="label and caption/title"><xsl:text> </xsl:text></xsl:if><xsl:apply-templates select="caption/title/node()"/></head></xsl:if>
        <xsl:apply-templates select="title" mode="block"/>
        <xsl:apply-templates select="caption/p" mode="block"/>
        <xsl:apply-templates select="*[not(self::label or self::caption or self::title)]" mode="placed"/>
        <xsl:if test="normalize-space(.) = ''"><p/></xsl:if>
      </body>
    </floatingText>
  </xsl:template>

  <xsl:template match="fig | fig-group | table-wrap | table-wrap-group | supplementary-material">
    <figure>
      <xsl:call-template name="id"/>
      <xsl:choose>
        <xsl:when test="self::table-wrap or self::table-wrap-group"><xsl:attribute name="type">table</xsl:attribute></xsl:when>
        <xsl:when test="self::supplementary-material"><xsl:attribute name="type">supplement</xsl:attribute></xsl:when>
      </xsl:choose>
      <xsl:variable name="title" select="caption/title | title | caption[not(*)]"/>
      <xsl:if test="label or $title">
        <head>
          <xsl:if test="label"><label><xsl:value-of select="normalize-space(label)"/></label><xsl:if test="$title"><xsl:text> </xsl:text></xsl:if></xsl:if>
          <xsl:apply-templates select="$title/node()"/>
        </head>
      </xsl:if>
      <xsl:for-each select="caption/*[not(self::title)]"><xsl:choose>
        <xsl:when test="self::p"><p><xsl:apply-templates/></p></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="block"/></xsl:otherwise>
      </xsl:choose></xsl:for-each>
      <xsl:apply-templates select="*[not(self::label or self::caption or self::title or self::alternatives or self::object-id or self::attrib or self::permissions or self::p)]"/>
      <xsl:apply-templates select="p"/>
      <xsl:apply-templates select="alternatives/table[1] | alternatives[not(table)]/graphic[1]"/>
      <!-- who made it; what a supplement is called; PubMed Central's "Click here" is no text of the article's -->
      <xsl:for-each select="attrib | media/caption/*[not(starts-with(normalize-space(.), 'Click here')) and normalize-space(.) != '']">
        <p><xsl:apply-templates/></p>
      </xsl:for-each>
    </figure>
  </xsl:template>
  <xsl:template match="table">
    <table>
      <xsl:for-each select=".//tr | .//row">
        <row>
          <xsl:if test="ancestor::thead"><xsl:attribute name="role">label</xsl:attribute></xsl:if>
          <xsl:for-each select="td | th | entry">
            <cell>
              <xsl:if test="self::th"><xsl:attribute name="role">label</xsl:attribute></xsl:if>
              <xsl:if test="number(@colspan) &gt; 1"><xsl:attribute name="cols"><xsl:value-of select="number(@colspan)"/></xsl:attribute></xsl:if>
              <xsl:if test="self::entry"><xsl:call-template name="spans"/></xsl:if>
              <xsl:if test="number(@rowspan) &gt; 1"><xsl:attribute name="rows"><xsl:value-of select="number(@rowspan)"/></xsl:attribute></xsl:if>
              <xsl:apply-templates/>
            </cell>
          </xsl:for-each>
          <xsl:if test="not(td or th or entry)"><cell/></xsl:if>
        </row>
      </xsl:for-each>
      <xsl:if test="not(.//tr or .//row)"><row><cell><xsl:value-of select="normalize-space(.)"/></cell></row></xsl:if>
    </table>
  </xsl:template>
  <!-- OASIS tables say spans by the names of columns. -->
  <xsl:template name="spans">
    <xsl:variable name="columns" select="ancestor::*[colspec][1]"/>
    <xsl:variable name="span" select="$columns/spanspec[@spanname = current()/@spanname]"/>
    <xsl:variable name="first" select="string(($span/@namest | @namest)[1])"/>
    <xsl:variable name="last" select="string(($span/@nameend | @nameend)[1])"/>
    <xsl:variable name="from" select="$columns/colspec[@colname = $first]"/>
    <xsl:variable name="to" select="$columns/colspec[@colname = $last]"/>
    <xsl:variable name="cols" select="count($to/preceding-sibling::colspec) - count($from/preceding-sibling::colspec) + 1"/>
    <xsl:if test="$from and $to and $cols &gt; 1"><xsl:attribute name="cols"><xsl:value-of select="$cols"/></xsl:attribute></xsl:if>
    <xsl:if test="number(@morerows) &gt; 0"><xsl:attribute name="rows"><xsl:value-of select="@morerows + 1"/></xsl:attribute></xsl:if>
  </xsl:template>
  <xsl:template match="table-wrap-foot"><xsl:apply-templates select="fn-group/* | *[not(self::fn-group)]"/></xsl:template>
  <xsl:template match="table-wrap-foot//attrib | table-wrap-foot/title"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="graphic | inline-graphic | media">
    <xsl:choose>
      <xsl:when test="ancestor::fig or ancestor::table-wrap or ancestor::p or ancestor::td or ancestor::th or ancestor::supplementary-material or ancestor::fig-group"><xsl:call-template name="graphic"/></xsl:when>
      <xsl:otherwise><figure><xsl:call-template name="graphic"/></figure></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="graphic">
    <xsl:variable name="at" select="normalize-space((@xlink:href | @href)[1])"/>
    <xsl:if test="$at != ''"><graphic url="{translate($at, ' ', '_')}"/></xsl:if>
  </xsl:template>

  <xsl:template match="disp-formula | inline-formula | chem-struct-wrap">
    <xsl:variable name="form" select="(.//m:math | .//math)[1]"/>
    <xsl:variable name="tex" select=".//tex-math[1]"/>
    <formula>
      <xsl:call-template name="id"/>
      <xsl:if test="not(self::inline-formula)"><xsl:attribute name="rend">display</xsl:attribute></xsl:if>
      <xsl:choose>
        <xsl:when test="$form"><xsl:attribute name="notation">mathml</xsl:attribute><xsl:apply-templates select="$form" mode="mathml"/></xsl:when>
        <xsl:when test="$tex"><xsl:attribute name="notation">tex</xsl:attribute><xsl:call-template name="tex"><xsl:with-param name="text" select="string($tex)"/></xsl:call-template></xsl:when>
        <xsl:when test=".//graphic | .//inline-graphic"><xsl:for-each select="(.//graphic | .//inline-graphic)[1]"><xsl:call-template name="graphic"/></xsl:for-each></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="node()[not(self::label)]"/></xsl:otherwise>
      </xsl:choose>
    </formula>
    <xsl:if test="label"><xsl:text> </xsl:text><label><xsl:value-of select="normalize-space(label)"/></label></xsl:if>
    <!-- the sentence goes on below the formula -->
    <xsl:variable name="after" select="substring(following-sibling::node()[1][self::text()], 1, 1)"/>
    <xsl:if test="label and $after != '' and not(contains(' &#10;,.;:)', $after))"><xsl:text> </xsl:text></xsl:if>
  </xsl:template>
  <xsl:template match="disp-formula-group"><xsl:apply-templates select="disp-formula"/></xsl:template>
  <xsl:template match="m:math | math"><formula notation="mathml"><xsl:apply-templates select="." mode="mathml"/></formula></xsl:template>
  <xsl:template match="tex-math"><formula notation="tex"><xsl:call-template name="tex"><xsl:with-param name="text" select="string(.)"/></xsl:call-template></formula></xsl:template>
  <xsl:template match="alternatives">
    <xsl:choose>
      <xsl:when test="m:math | math"><xsl:apply-templates select="(m:math | math)[1]"/></xsl:when>
      <xsl:when test="tex-math"><xsl:apply-templates select="tex-math[1]"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="*[1]"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="*" mode="mathml">
    <xsl:element name="{local-name()}" namespace="http://www.w3.org/1998/Math/MathML">
      <xsl:copy-of select="@*[namespace-uri() = '' and name() != 'id' and name() != 'alttext' and name() != 'altimg']"/>
      <xsl:apply-templates mode="mathml"/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="annotation | m:annotation | annotation-xml | m:annotation-xml" mode="mathml"/>
  <xsl:template name="tex">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="contains($text, '\begin{document}')"><xsl:value-of select="normalize-space(substring-before(concat(substring-after($text, '\begin{document}'), '\end{document}'), '\end{document}'))"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="normalize-space($text)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="fn">
    <note place="foot"><xsl:call-template name="id"/><xsl:apply-templates select="*[not(self::label)]"/><xsl:if test="not(*)"><xsl:value-of select="."/></xsl:if></note>
  </xsl:template>
  <xsl:template match="xref">
    <ref>
      <xsl:attribute name="type">
        <xsl:choose>
          <xsl:when test="@ref-type='bibr'">bibr</xsl:when>
          <xsl:when test="@ref-type='fig' or @ref-type='plate' or @ref-type='scheme'">figure</xsl:when>
          <xsl:when test="starts-with(@ref-type, 'table') and @ref-type != 'table-fn'">table</xsl:when>
          <xsl:when test="contains(@ref-type, 'formula')">formula</xsl:when>
          <xsl:when test="contains(@ref-type, 'fn')">note</xsl:when>
          <xsl:otherwise>section</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:if test="normalize-space(@rid) != ''"><xsl:attribute name="target"><xsl:call-template name="targets"><xsl:with-param name="ids" select="normalize-space(@rid)"/></xsl:call-template></xsl:attribute></xsl:if>
      <xsl:apply-templates/>
    </ref>
  </xsl:template>
  <xsl:template name="targets">
    <xsl:param name="ids"/>
    <xsl:text>#</xsl:text>
    <xsl:choose>
      <xsl:when test="contains($ids, ' ')">
        <xsl:value-of select="substring-before($ids, ' ')"/><xsl:text> </xsl:text>
        <xsl:call-template name="targets"><xsl:with-param name="ids" select="substring-after($ids, ' ')"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$ids"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="ext-link | uri | self-uri">
    <xsl:variable name="at" select="normalize-space((@xlink:href | @href)[1])"/>
    <ref type="url"><xsl:if test="$at != ''"><xsl:attribute name="target"><xsl:value-of select="translate($at, ' ', '+')"/></xsl:attribute></xsl:if><xsl:apply-templates/></ref>
  </xsl:template>

  <xsl:template match="italic"><hi rend="italic"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="bold"><hi rend="bold"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="sup"><hi rend="superscript"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="sub"><hi rend="subscript"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="sc"><hi rend="smallcaps"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="underline"><hi rend="underline"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="monospace"><hi rend="monospace"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="strike"><hi rend="strikethrough"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="break"><lb/></xsl:template>
  <xsl:template match="preformat | code"><code><xsl:value-of select="."/></code></xsl:template>
  <xsl:template match="index-term | object-id | x | kwd-group | ref-list | permissions | alt-text | long-desc"/>
  <xsl:template match="sec"><xsl:apply-templates select="*"/></xsl:template>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>

  <xsl:template name="id"><xsl:if test="@id"><xsl:attribute name="xml:id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
