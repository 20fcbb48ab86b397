<?xml version="1.0" encoding="UTF-8"?>
<!-- The body and back of an Elsevier article as a TEI text. Figures and tables, which the DTD keeps
     in `ce:floats`, are placed after the paragraph that anchors them first. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="http://www.tei-c.org/ns/1.0" xmlns:m="http://www.w3.org/1998/Math/MathML"
    xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:exsl="http://exslt.org/common"
    xmlns:ja="http://www.elsevier.com/xml/ja/dtd" xmlns:ce="http://www.elsevier.com/xml/common/dtd"
    xmlns:sb="http://www.elsevier.com/xml/common/struct-bib/dtd"
    xmlns:xocs="http://www.elsevier.com/xml/xocs/dtd" exclude-result-prefixes="xlink exsl ja ce sb xocs">

  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:key name="float" match="ce:floats/*" use="@id"/>
  <xsl:key name="anchor" match="ce:float-anchor" use="@refid"/>
  <xsl:key name="anchored" match="ce:float-anchor" use="generate-id(ancestor::ce:para[1])"/>
  <xsl:key name="target" use="@id" match="ce:bib-reference | sb:reference | ce:other-ref | ce:figure | ce:table
      | ce:formula | ce:footnote | ce:table-footnote | ce:textbox | ce:e-component"/>

  <!-- Old volumes have their text as raw text only, beside an article without body. -->
  <xsl:template match="/*">
    <xsl:variable name="article" select="(. | xocs:serial-item/ja:* | ja:*)[ja:item-info][1]"/>
    <xsl:choose>
      <xsl:when test="$article/*//ce:para or $article/ce:floats/*"><xsl:apply-templates select="$article" mode="text"/></xsl:when>
      <xsl:when test="normalize-space(xocs:rawtext) != ''"><text><body><div type="rawtext"><p><xsl:value-of select="xocs:rawtext"/></p></div></body></text></xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="ja:*" mode="text">
    <xsl:variable name="exam" select="ce:exam-questions | ce:exam-answers | ja:tail/ce:exam-questions | ja:tail/ce:exam-answers"/>
      <text>
        <body>
          <xsl:apply-templates select="ja:body/ce:salutation" mode="block"/>
          <xsl:apply-templates select="ja:body/ce:sections/*" mode="placed"/>
          <xsl:apply-templates select="$exam" mode="part"/>
          <xsl:if test="not(ja:body/ce:sections/* or $exam)"><p/></xsl:if>
        </body>
        <xsl:variable name="back">
          <xsl:apply-templates select="ja:body/ce:nomenclature | ja:body/ce:glossary" mode="part"/>
          <xsl:apply-templates select="ja:body/*[not(self::ce:salutation or self::ce:sections or self::ce:nomenclature or self::ce:glossary)]" mode="part"/>
          <xsl:apply-templates select="*/ce:data-availability" mode="part"/>
          <xsl:apply-templates select="(ja:tail | ja:simple-tail)/*[not(self::ce:bibliography or self::ce:exam-questions or self::ce:exam-answers or self::ce:exam-reference)]" mode="part"/>
          <xsl:if test="*/ce:article-footnote">
            <div type="notes"><xsl:for-each select="*/ce:article-footnote"><note place="foot"><xsl:apply-templates select="ce:note-para" mode="block"/></note></xsl:for-each><p/></div>
          </xsl:if>
          <xsl:variable name="loose" select="ce:floats/*[not(key('anchor', @id)[1]/ancestor::ce:para)]"/>
          <xsl:if test="$loose"><div type="figures"><xsl:apply-templates select="$loose"/></div></xsl:if>
        </xsl:variable>
        <xsl:if test="exsl:node-set($back)/*"><back><xsl:copy-of select="$back"/></back></xsl:if>
      </text>
  </xsl:template>

  <!-- Parts of the back, one division each. -->
  <xsl:template match="*" mode="part"><xsl:call-template name="part"><xsl:with-param name="type" select="local-name()"/></xsl:call-template></xsl:template>
  <xsl:template match="ce:acknowledgment" mode="part"><xsl:call-template name="part"><xsl:with-param name="type">acknowledgement</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="ce:conflict-of-interest" mode="part"><xsl:call-template name="part"><xsl:with-param name="type">conflict</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="ce:appendices" mode="part"><xsl:apply-templates select="ce:section" mode="placed"/></xsl:template>
  <xsl:template match="ce:further-reading" mode="part"><xsl:if test=".//ce:para"><xsl:call-template name="part"><xsl:with-param name="type">further-reading</xsl:with-param></xsl:call-template></xsl:if></xsl:template>
  <xsl:template name="part">
    <xsl:param name="type"/>
    <xsl:if test="normalize-space(.) != ''">
      <div type="{$type}">
        <xsl:call-template name="id"/>
        <xsl:apply-templates select="ce:section-title" mode="block"/>
        <xsl:apply-templates select="*[not(self::ce:section-title)]" mode="placed"/>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Blocks. In TEI no paragraph may follow a division: later ones get a division of their own. -->
  <xsl:template match="ce:section" mode="placed"><xsl:apply-templates select="." mode="block"/></xsl:template>
  <xsl:template match="*" mode="placed">
    <xsl:choose>
      <xsl:when test="preceding-sibling::ce:section and normalize-space(.) != ''"><div><xsl:apply-templates select="." mode="block"/></div></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="block"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="ce:section" mode="block">
    <div>
      <xsl:call-template name="id"/>
      <xsl:choose>
        <xsl:when test="parent::ce:appendices"><xsl:attribute name="type">appendix</xsl:attribute></xsl:when>
        <xsl:when test="@role and not(contains(@role, '/') or contains(@role, ' ') or contains(@role, ':'))"><xsl:attribute name="type"><xsl:value-of select="@role"/></xsl:attribute></xsl:when>
      </xsl:choose>
      <xsl:if test="ce:label or ce:section-title">
        <head>
          <xsl:if test="ce:label"><label><xsl:value-of select="normalize-space(ce:label)"/></label><xsl:if test="ce:section-title"><xsl:text> </xsl:text></xsl:if></xsl:if>
          <xsl:apply-templates select="ce:section-title/node()"/>
        </head>
      </xsl:if>
      <xsl:apply-templates select="*[not(self::ce:label or self::ce:section-title)]" mode="placed"/>
    </div>
  </xsl:template>
  <xsl:template match="ce:section-title" mode="block"><xsl:if test="normalize-space(.) != ''"><head><xsl:apply-templates/></head></xsl:if></xsl:template>
  <xsl:template match="ce:para" mode="block"><xsl:apply-templates select="."/></xsl:template>
  <xsl:template match="ce:simple-para | ce:note-para | ce:salutation | ce:intro[not(ce:para)]" mode="block"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="ce:display" mode="block">
    <xsl:choose>
      <xsl:when test="ce:formula"><p><xsl:apply-templates select="ce:formula"/></p></xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="ce:list | ce:def-list | ce:displayed-quote | ce:enunciation | ce:figure | ce:table | ce:textbox | ce:e-component" mode="block"><xsl:apply-templates select="."/></xsl:template>
  <xsl:template match="ce:label | ce:link | ce:bib-reference | ce:float-anchor | ce:indexed-name" mode="block"/>
  <xsl:template match="ce:glossary-sec | ce:further-reading-sec" mode="block">
    <xsl:for-each select="ce:section-title"><p><hi rend="bold"><xsl:apply-templates/></hi></p></xsl:for-each>
    <xsl:apply-templates select="*[not(self::ce:section-title or self::ce:glossary-entry)]" mode="block"/>
    <xsl:if test="ce:glossary-entry"><list type="gloss"><xsl:apply-templates select="ce:glossary-entry"/></list></xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="block">
    <xsl:choose>
      <xsl:when test=".//ce:para | .//ce:section | .//ce:list | .//ce:simple-para"><xsl:apply-templates select="*" mode="block"/></xsl:when>
      <xsl:when test="normalize-space(.) != ''"><p><xsl:apply-templates/></p></xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="ce:para">
    <p><xsl:apply-templates/></p>
    <xsl:for-each select="key('anchored', generate-id())">
      <xsl:if test="count(. | key('anchor', @refid)[1]) = 1"><xsl:apply-templates select="key('float', @refid)"/></xsl:if>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="ce:simple-para"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="ce:abstract-sec"><xsl:apply-templates select="*" mode="block"/></xsl:template>

  <xsl:template match="ce:list">
    <list>
      <xsl:call-template name="id"/>
      <xsl:attribute name="rend"><xsl:choose><xsl:when test="translate(substring(normalize-space(ce:list-item[1]/ce:label), 1, 2), '1aAiI(', '') != substring(normalize-space(ce:list-item[1]/ce:label), 1, 2)">ordered</xsl:when><xsl:otherwise>bulleted</xsl:otherwise></xsl:choose></xsl:attribute>
      <xsl:if test="ce:section-title"><head><xsl:apply-templates select="ce:section-title/node()"/></head></xsl:if>
      <xsl:for-each select="ce:list-item">
        <item><xsl:call-template name="id"/><xsl:if test="normalize-space(ce:label) != ''"><label><xsl:value-of select="normalize-space(ce:label)"/></label><xsl:text> </xsl:text></xsl:if><xsl:apply-templates select="*[not(self::ce:label)]"/></item>
      </xsl:for-each>
      <xsl:if test="not(ce:list-item)"><item/></xsl:if>
    </list>
  </xsl:template>
  <xsl:template match="ce:def-list">
    <list type="gloss">
      <xsl:call-template name="id"/>
      <xsl:if test="ce:section-title"><head><xsl:apply-templates select="ce:section-title/node()"/></head></xsl:if>
      <xsl:for-each select="ce:def-term">
        <label><xsl:apply-templates/></label>
        <item><xsl:apply-templates select="following-sibling::*[1][self::ce:def-description]/*"/></item>
      </xsl:for-each>
      <xsl:if test="not(ce:def-term)"><item/></xsl:if>
    </list>
  </xsl:template>
  <xsl:template match="ce:glossary-entry">
    <label><xsl:apply-templates select="ce:glossary-heading/node()"/></label>
    <item><xsl:for-each select="ce:glossary-def"><p><xsl:apply-templates/></p></xsl:for-each></item>
    <xsl:apply-templates select="ce:glossary-entry"/>
  </xsl:template>
  <xsl:template match="ce:displayed-quote"><quote><xsl:call-template name="id"/><xsl:apply-templates select="*"/></quote></xsl:template>
  <xsl:template match="ce:enunciation">
    <floatingText type="statement">
      <xsl:call-template name="id"/>
      <body>
        <head><label><xsl:value-of select="normalize-space(ce:label)"/></label><xsl:if test="ce:section-title"><xsl:text> </xsl:text><xsl:apply-templates select="ce:section-title/node()"/></xsl:if></head>
        <xsl:apply-templates select="*[not(self::ce:label or self::ce:section-title)]" mode="block"/>
      </body>
    </floatingText>
  </xsl:template>
  <xsl:template match="ce:textbox">
    <floatingText type="box">
      <xsl:call-template name="id"/>
      <body>
        <xsl:if test="ce:label or ce:textbox-head/ce:title">
          <head><xsl:if test="ce:label"><label><xsl:value-of select="normalize-space(ce:label)"/></label><xsl:text> </xsl:text></xsl:if><xsl:apply-templates select="ce:textbox-head/ce:title/node()"/></head>
        </xsl:if>
        <xsl:apply-templates select="ce:caption/*" mode="block"/>
        <xsl:apply-templates select="ce:textbox-body/ce:sections/* | ce:textbox-body/ce:acknowledgment | ce:textbox-body/ce:appendices" mode="placed"/>
        <xsl:if test="not(.//ce:para or .//ce:simple-para)"><p><xsl:value-of select="normalize-space(ce:textbox-body)"/></p></xsl:if>
      </body>
    </floatingText>
  </xsl:template>

  <!-- Figures, tables, supplements. -->
  <xsl:template match="ce:figure | ce:table | ce:e-component">
    <figure>
      <xsl:call-template name="id"/>
      <xsl:choose>
        <xsl:when test="self::ce:table"><xsl:attribute name="type">table</xsl:attribute></xsl:when>
        <xsl:when test="self::ce:e-component"><xsl:attribute name="type">supplement</xsl:attribute></xsl:when>
      </xsl:choose>
      <xsl:if test="normalize-space(ce:label) != ''"><head><label><xsl:value-of select="normalize-space(ce:label)"/></label></head></xsl:if>
      <xsl:apply-templates select="ce:caption/*" mode="block"/>
      <xsl:for-each select="ce:alt-text[not(@role = 'short')]"><figDesc><xsl:value-of select="normalize-space(.)"/></figDesc></xsl:for-each>
      <xsl:for-each select="*[local-name() = 'tgroup']"><xsl:call-template name="tgroup"/></xsl:for-each>
      <xsl:for-each select="ce:legend/* | ce:source"><p><xsl:apply-templates/></p></xsl:for-each>
      <xsl:apply-templates select="ce:table-footnote"/>
      <xsl:apply-templates select="ce:link | ce:figure | ce:e-component"/>
    </figure>
  </xsl:template>
  <xsl:template match="ce:link">
    <xsl:variable name="at" select="normalize-space(@locator | @xlink:href)"/>
    <xsl:if test="$at != ''"><graphic url="{translate($at, ' ', '_')}"/></xsl:if>
  </xsl:template>
  <xsl:template match="ce:inline-figure"><xsl:apply-templates select="ce:link"/></xsl:template>
  <xsl:template name="tgroup">
    <xsl:variable name="columns" select="*[local-name() = 'colspec']"/>
    <table>
      <xsl:for-each select="*[local-name() = 'thead' or local-name() = 'tbody' or local-name() = 'tfoot']/*[local-name() = 'row']">
        <row>
          <xsl:if test="local-name(..) = 'thead'"><xsl:attribute name="role">label</xsl:attribute></xsl:if>
          <xsl:for-each select="*[local-name() = 'entry']">
            <cell>
              <xsl:if test="@role = 'rowhead' or @rowhead"><xsl:attribute name="role">label</xsl:attribute></xsl:if>
              <xsl:if test="@namest and @nameend and @namest != @nameend">
                <xsl:variable name="from" select="count($columns[@colname = current()/@namest]/preceding-sibling::*)"/>
                <xsl:variable name="to" select="count($columns[@colname = current()/@nameend]/preceding-sibling::*)"/>
                <xsl:if test="$to &gt; $from"><xsl:attribute name="cols"><xsl:value-of select="$to - $from + 1"/></xsl:attribute></xsl:if>
              </xsl:if>
              <xsl:if test="number(@morerows) &gt; 0"><xsl:attribute name="rows"><xsl:value-of select="number(@morerows) + 1"/></xsl:attribute></xsl:if>
              <xsl:apply-templates/>
            </cell>
          </xsl:for-each>
          <xsl:if test="not(*[local-name() = 'entry'])"><cell/></xsl:if>
        </row>
      </xsl:for-each>
      <xsl:if test="not(*/*[local-name() = 'row'])"><row><cell><xsl:value-of select="normalize-space(.)"/></cell></row></xsl:if>
    </table>
  </xsl:template>

  <!-- Formulas. -->
  <xsl:template match="ce:display"><xsl:apply-templates select="*"/></xsl:template>
  <xsl:template match="ce:formula[ce:formula]">
    <xsl:if test="@id"><anchor><xsl:call-template name="id"/></anchor></xsl:if>
    <xsl:apply-templates select="ce:formula"/>
    <xsl:if test="ce:label"><xsl:text> </xsl:text><label><xsl:value-of select="normalize-space(ce:label)"/></label><xsl:text> </xsl:text></xsl:if>
  </xsl:template>
  <xsl:template match="ce:formula">
    <formula rend="display">
      <xsl:call-template name="id"/>
      <xsl:choose>
        <xsl:when test="m:math"><xsl:attribute name="notation">mathml</xsl:attribute><xsl:apply-templates select="m:math" mode="mathml"/></xsl:when>
        <xsl:when test="ce:math"><xsl:apply-templates select="ce:math/node()"/></xsl:when>
        <xsl:when test="ce:chem"><xsl:apply-templates select="ce:chem/node()"/></xsl:when>
        <xsl:when test="ce:link"><xsl:apply-templates select="ce:link"/></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="node()[not(self::ce:label)]"/></xsl:otherwise>
      </xsl:choose>
    </formula>
    <xsl:if test="ce:label"><xsl:text> </xsl:text><label><xsl:value-of select="normalize-space(ce:label)"/></label><xsl:text> </xsl:text></xsl:if>
  </xsl:template>
  <xsl:template match="m:math"><formula notation="mathml"><xsl:apply-templates select="." mode="mathml"/></formula></xsl:template>
  <xsl:template match="ce:math"><formula><xsl:apply-templates/></formula></xsl:template>
  <!-- Made anew and not copied: a copy brings every namespace of the publisher's file with it. -->
  <xsl:template match="m:math" mode="mathml"><m:math><xsl:copy-of select="@display"/><xsl:apply-templates select="*" mode="mathml"/></m:math></xsl:template>
  <xsl:template match="m:*" mode="mathml"><xsl:element name="m:{local-name()}" namespace="http://www.w3.org/1998/Math/MathML"><xsl:copy-of select="@*[name() != 'id']"/><xsl:apply-templates mode="mathml"/></xsl:element></xsl:template>
  <xsl:template match="*" mode="mathml"><xsl:apply-templates mode="mathml"/></xsl:template>

  <!-- Notes and references. -->
  <xsl:template match="ce:footnote | ce:table-footnote">
    <note place="foot">
      <xsl:call-template name="id"/>
      <xsl:if test="normalize-space(ce:label) != '' and not(contains(normalize-space(ce:label), ' '))"><xsl:attribute name="n"><xsl:value-of select="normalize-space(ce:label)"/></xsl:attribute></xsl:if>
      <xsl:apply-templates select="ce:note-para" mode="block"/>
    </note>
  </xsl:template>
  <xsl:template match="ce:cross-ref | ce:cross-refs">
    <xsl:variable name="ids" select="normalize-space(@refid)"/>
    <xsl:variable name="to" select="key('target', substring-before(concat($ids, ' '), ' '))[1]"/>
    <ref>
      <xsl:attribute name="type">
        <xsl:choose>
          <xsl:when test="$to/self::ce:bib-reference or $to/self::sb:reference or $to/self::ce:other-ref">bibr</xsl:when>
          <xsl:when test="$to/self::ce:figure">figure</xsl:when>
          <xsl:when test="$to/self::ce:table">table</xsl:when>
          <xsl:when test="$to/self::ce:formula">formula</xsl:when>
          <xsl:when test="$to/self::ce:footnote or $to/self::ce:table-footnote">note</xsl:when>
          <xsl:otherwise>section</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:if test="$ids != ''"><xsl:attribute name="target"><xsl:call-template name="targets"><xsl:with-param name="ids" select="$ids"/></xsl:call-template></xsl:attribute></xsl:if>
      <xsl:apply-templates/>
    </ref>
  </xsl:template>
  <!-- The first work of an entry goes by the entry's id. -->
  <xsl:template name="targets">
    <xsl:param name="ids"/>
    <xsl:variable name="one" select="substring-before(concat($ids, ' '), ' ')"/>
    <xsl:variable name="work" select="key('target', $one)[1][self::sb:reference or self::ce:other-ref][not(preceding-sibling::sb:reference or preceding-sibling::ce:other-ref)]"/>
    <xsl:text>#</xsl:text>
    <xsl:choose>
      <xsl:when test="$work/parent::ce:bib-reference/@id"><xsl:value-of select="$work/../@id"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$one"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="contains($ids, ' ')"><xsl:text> </xsl:text><xsl:call-template name="targets"><xsl:with-param name="ids" select="substring-after($ids, ' ')"/></xsl:call-template></xsl:if>
  </xsl:template>
  <xsl:template match="ce:inter-ref | ce:intra-ref">
    <ref type="url"><xsl:if test="@xlink:href"><xsl:attribute name="target"><xsl:value-of select="translate(normalize-space(@xlink:href), ' ', '+')"/></xsl:attribute></xsl:if><xsl:apply-templates/></ref>
  </xsl:template>
  <xsl:template match="ce:inter-refs | ce:intra-refs">
    <ref type="url"><xsl:variable name="at" select="(ce:inter-ref-end | ce:intra-ref-end)[1]/@xlink:href"/><xsl:if test="$at"><xsl:attribute name="target"><xsl:value-of select="translate(normalize-space($at), ' ', '+')"/></xsl:attribute></xsl:if><xsl:apply-templates select="(ce:inter-refs-text | ce:intra-refs-text)/node()"/></ref>
  </xsl:template>

  <xsl:template match="ce:italic"><hi rend="italic"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="ce:bold"><hi rend="bold"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="ce:sup"><hi rend="superscript"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="ce:inf"><hi rend="subscript"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="ce:small-caps"><hi rend="smallcaps"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="ce:underline"><hi rend="underline"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="ce:monospace"><hi rend="monospace"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="ce:cross-out"><hi rend="strikethrough"><xsl:apply-templates/></hi></xsl:template>
  <xsl:template match="ce:br"><lb/></xsl:template>
  <xsl:template match="ce:grant-sponsor"><name type="funder"><xsl:apply-templates/></name></xsl:template>
  <xsl:template match="ce:float-anchor | ce:index-flag | ce:alt-text | ce:copyright | ce:indexed-name | ce:bib-reference | ce:note"/>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>

  <xsl:template name="id"><xsl:if test="@id"><xsl:attribute name="xml:id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
