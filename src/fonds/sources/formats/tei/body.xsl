<?xml version="1.0" encoding="UTF-8"?>
<!-- The text of a TEI document in the vocabulary of the archive. A volume whose inner texts are
     articles becomes a `group` of their texts; other inner texts become divisions of one text.
     Bibliographies are left out (they are read into the record), so are abstracts. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="http://www.tei-c.org/ns/1.0" xmlns:t="http://www.tei-c.org/ns/1.0"
    xmlns:m="http://www.w3.org/1998/Math/MathML" exclude-result-prefixes="t m">

  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:key name="style" match="t:rendition" use="@xml:id"/>
  <xsl:key name="id" match="*[@xml:id]" use="@xml:id"/>

  <xsl:template match="/">
    <xsl:variable name="articles" select="/t:TEI//t:text[starts-with(@type, 'art')]"/>
    <xsl:choose>
      <xsl:when test="$articles"><group><xsl:apply-templates select="$articles" mode="text"/></group></xsl:when>
      <xsl:when test="/t:TEI/t:text/t:body/t:listBibl/t:biblFull"/>
      <xsl:when test="normalize-space(/t:TEI/t:text[1]) != ''"><xsl:apply-templates select="/t:TEI/t:text[1]" mode="text"/></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- A text: front, body, back. Texts inside become its divisions. -->
  <xsl:template match="t:text" mode="text">
    <text>
      <xsl:call-template name="id"/>
      <xsl:if test="t:front/*[not(self::t:div[@type='abstract'] or self::t:divGen or self::t:pb)]">
        <front><xsl:apply-templates select="t:front" mode="part"/></front>
      </xsl:if>
      <xsl:variable name="inner" select="t:group//t:text[normalize-space(t:front) != '' or normalize-space(t:body) != '' or normalize-space(t:back) != '']"/>
      <body>
        <xsl:choose>
          <xsl:when test="$inner"><xsl:apply-templates select="$inner" mode="division"/></xsl:when>
          <xsl:when test="normalize-space(t:body) = ''"><p/></xsl:when>
          <xsl:otherwise><xsl:apply-templates select="t:body" mode="blocks"/></xsl:otherwise>
        </xsl:choose>
      </body>
      <xsl:variable name="back" select="t:back/*[not(self::t:listBibl or self::t:pb or @type='bibliography' or @type='references') and normalize-space(.) != '']"/>
      <xsl:if test="$back"><back><xsl:apply-templates select="t:back" mode="part"/></back></xsl:if>
    </text>
  </xsl:template>

  <xsl:template match="t:text" mode="division">
    <div type="text">
      <xsl:call-template name="id"/>
      <xsl:for-each select="t:front | t:body | t:back">
        <xsl:if test="normalize-space(.) != ''">
          <div type="{local-name()}"><xsl:apply-templates select="." mode="blocks"/></div>
        </xsl:if>
      </xsl:for-each>
    </div>
  </xsl:template>

  <!-- Front and back hold divisions only; what stands loose in them gets one. -->
  <xsl:template match="t:front | t:back" mode="part">
    <xsl:variable name="loose" select="*[not(self::t:div or self::t:titlePage or self::t:pb or self::t:divGen or self::t:listBibl) and normalize-space(.) != '']"/>
    <xsl:choose>
      <xsl:when test="$loose[self::t:titlePart]"><div type="titlepage"><xsl:apply-templates/></div></xsl:when>
      <xsl:when test="$loose"><div><xsl:apply-templates mode="placed"/></div></xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- In TEI no paragraph may follow a division: later ones get a division of their own. -->
  <xsl:template match="*" mode="blocks"><xsl:apply-templates mode="placed"/></xsl:template>
  <xsl:template match="*" mode="placed">
    <xsl:choose>
      <xsl:when test="preceding-sibling::t:div and not(self::t:div or self::t:pb or self::t:lb or self::t:note or self::t:gap or self::t:fw or self::t:listBibl) and normalize-space(.) != ''">
        <div><xsl:apply-templates select="."/></div>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="text()" mode="placed"><xsl:apply-templates select="."/></xsl:template>

  <xsl:template match="t:div | t:div1 | t:div2 | t:div3 | t:div4 | t:div5 | t:div6 | t:div7">
    <div>
      <xsl:call-template name="id"/>
      <xsl:if test="@type"><xsl:attribute name="type"><xsl:value-of select="translate(normalize-space(@type), ' /', '--')"/></xsl:attribute></xsl:if>
      <xsl:apply-templates select="." mode="blocks"/>
    </div>
  </xsl:template>
  <xsl:template match="t:div[@type='abstract'][parent::t:front] | t:div[@type='bibliography' or @type='references'][.//t:listBibl or .//t:bibl or .//t:biblStruct] | t:div[normalize-space(.) = '' and not(.//t:graphic)]"/>

  <xsl:template match="t:head">
    <head>
      <xsl:if test="@n and not(starts-with(normalize-space(.), @n))"><label><xsl:value-of select="@n"/></label><xsl:text> </xsl:text></xsl:if>
      <xsl:apply-templates/>
    </head>
  </xsl:template>

  <!-- Blocks -->
  <xsl:template match="t:p | t:ab"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="t:p[contains(@rend, 'figure-title')][following-sibling::*[1]/t:figure]"/>
  <xsl:template match="t:titlePage"><div type="titlepage"><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="t:docTitle"><xsl:apply-templates/></xsl:template>
  <xsl:template match="t:titlePart[@type='column']"/>
  <xsl:template match="t:front/t:head | t:titlePart | t:docImprint | t:docEdition | t:trailer | t:imprimatur
      | t:div/t:label | t:front/t:label | t:body/t:label | t:div/t:stage | t:body/t:stage | t:sp/t:stage
      | t:div/t:salute | t:div/t:signed | t:div/t:dateline | t:body/t:salute | t:body/t:signed | t:body/t:dateline | t:byline | t:div/t:docAuthor">
    <xsl:if test="normalize-space(.) != ''"><p><xsl:apply-templates/></p></xsl:if>
  </xsl:template>
  <xsl:template match="t:opener | t:closer">
    <xsl:choose>
      <xsl:when test="t:p or t:list or t:argument or t:postscript or t:epigraph"><xsl:apply-templates select="*"/></xsl:when>
      <xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:opener/t:*[self::t:salute or self::t:signed or self::t:dateline or self::t:byline] | t:closer/t:*[self::t:salute or self::t:signed or self::t:dateline or self::t:byline]" priority="1">
    <xsl:choose>
      <xsl:when test="../t:p or ../t:list or ../t:argument or ../t:postscript or ../t:epigraph"><p><xsl:apply-templates/></p></xsl:when>
      <xsl:otherwise><xsl:apply-templates/><xsl:text> </xsl:text></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:argument | t:postscript"><xsl:apply-templates select="*[not(self::t:head)]"/></xsl:template>
  <xsl:template match="t:argument/t:head | t:postscript/t:head"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="t:epigraph">
    <xsl:choose>
      <xsl:when test="t:cit or t:quote or t:q"><xsl:apply-templates select="*[not(self::t:bibl)]"/></xsl:when>
      <xsl:otherwise><quote><xsl:apply-templates/></quote></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:quote | t:q | t:said"><quote><xsl:apply-templates/></quote></xsl:template>
  <xsl:template match="t:cit"><cit><xsl:apply-templates select="t:quote | t:q | t:bibl | t:ref | t:note"/></cit></xsl:template>
  <xsl:template match="t:lg"><lg><xsl:call-template name="id"/><xsl:apply-templates/><xsl:if test="not(.//t:l)"><l><xsl:value-of select="normalize-space(.)"/></l></xsl:if></lg></xsl:template>
  <xsl:template match="t:l"><l><xsl:apply-templates/></l></xsl:template>
  <xsl:template match="t:sp"><sp><xsl:apply-templates select="*"/><xsl:if test="not(t:p or t:l or t:lg or t:ab)"><p/></xsl:if></sp></xsl:template>
  <xsl:template match="t:speaker"><speaker><xsl:apply-templates/></speaker></xsl:template>
  <xsl:template match="t:stage"><hi rend="italic"><xsl:apply-templates/></hi></xsl:template>

  <xsl:template match="t:list">
    <xsl:if test="t:item">
      <list>
        <xsl:call-template name="id"/>
        <xsl:attribute name="rend"><xsl:choose><xsl:when test="@type='ordered' or @rend='ordered' or @rend='numbered'">ordered</xsl:when><xsl:otherwise>bulleted</xsl:otherwise></xsl:choose></xsl:attribute>
        <xsl:if test="t:label and count(t:label) = count(t:item)"><xsl:attribute name="type">gloss</xsl:attribute></xsl:if>
        <xsl:apply-templates select="t:head | t:item | t:label[following-sibling::t:item] | t:pb"/>
      </list>
    </xsl:if>
  </xsl:template>
  <xsl:template match="t:list/t:label[count(../t:label) != count(../t:item)]" priority="1"/>
  <xsl:template match="t:item"><item><xsl:call-template name="id"/><xsl:apply-templates/></item></xsl:template>
  <xsl:template match="t:label"><label><xsl:apply-templates/></label></xsl:template>

  <xsl:template match="t:note[@type='raw_reference' or @place='inline']"/>
  <xsl:template match="t:note">
    <note place="foot">
      <xsl:call-template name="id"/>
      <xsl:choose>
        <xsl:when test="starts-with(@place, 'end')"><xsl:attribute name="place">end</xsl:attribute></xsl:when>
        <xsl:when test="@place='margin'"><xsl:attribute name="type">margin</xsl:attribute></xsl:when>
        <xsl:when test="@type='digital_edition' or @resp='editor'"><xsl:attribute name="type">editorial</xsl:attribute></xsl:when>
      </xsl:choose>
      <xsl:if test="@n"><xsl:attribute name="n"><xsl:value-of select="normalize-space(@n)"/></xsl:attribute></xsl:if>
      <xsl:apply-templates/>
    </note>
  </xsl:template>

  <!-- Figures and tables -->
  <xsl:template match="t:figure">
    <xsl:variable name="title" select="parent::t:p/preceding-sibling::*[1][self::t:p and contains(@rend, 'figure-title')]"/>
    <xsl:if test="@type != 'decoration' or not(@type)">
      <xsl:if test="* or $title">
        <figure>
          <xsl:call-template name="id"/>
          <xsl:if test="t:table or @type='table'"><xsl:attribute name="type">table</xsl:attribute></xsl:if>
          <xsl:if test="normalize-space(t:label) != '' or normalize-space(t:head) != '' or $title">
            <head>
              <xsl:if test="normalize-space(t:label) != '' and not(contains(t:head, normalize-space(t:label)))"><label><xsl:value-of select="normalize-space(t:label)"/></label><xsl:text> </xsl:text></xsl:if>
              <xsl:apply-templates select="t:head[1]/node()"/>
              <xsl:apply-templates select="$title/node()"/>
            </head>
          </xsl:if>
          <xsl:for-each select="t:figDesc[normalize-space(.) != '']"><figDesc><xsl:apply-templates/></figDesc></xsl:for-each>
          <xsl:apply-templates select="t:p[normalize-space(.) != ''] | t:ab | t:note[normalize-space(.) != '']"/>
          <xsl:for-each select="t:graphic[@url]"><graphic url="{translate(normalize-space(@url), ' ', '_')}"/></xsl:for-each>
          <xsl:apply-templates select="t:table"/>
        </figure>
      </xsl:if>
    </xsl:if>
  </xsl:template>
  <xsl:template match="t:graphic"><xsl:if test="@url"><figure><graphic url="{translate(normalize-space(@url), ' ', '_')}"/></figure></xsl:if></xsl:template>
  <xsl:template match="t:table[not(parent::t:figure)]">
    <xsl:if test=".//t:cell"><figure type="table"><xsl:call-template name="id"/><xsl:apply-templates select="t:head"/><xsl:call-template name="table"/></figure></xsl:if>
  </xsl:template>
  <xsl:template match="t:figure/t:table" name="table">
    <xsl:if test=".//t:cell">
      <table><xsl:apply-templates select="t:row[t:cell]"/></table>
    </xsl:if>
  </xsl:template>
  <xsl:template match="t:row"><row><xsl:if test="@role='label'"><xsl:attribute name="role">label</xsl:attribute></xsl:if><xsl:apply-templates select="t:cell"/></row></xsl:template>
  <xsl:template match="t:cell">
    <cell>
      <xsl:if test="@role='label'"><xsl:attribute name="role">label</xsl:attribute></xsl:if>
      <xsl:if test="number(@cols) &gt; 1"><xsl:attribute name="cols"><xsl:value-of select="@cols"/></xsl:attribute></xsl:if>
      <xsl:if test="number(@rows) &gt; 1"><xsl:attribute name="rows"><xsl:value-of select="@rows"/></xsl:attribute></xsl:if>
      <xsl:apply-templates/>
    </cell>
  </xsl:template>

  <!-- Formulas: a block of their own beside paragraphs is a paragraph of the text. -->
  <xsl:template match="t:formula">
    <xsl:choose>
      <xsl:when test="parent::t:div or parent::t:body"><p><xsl:call-template name="formula"/></p></xsl:when>
      <xsl:otherwise><xsl:call-template name="formula"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="formula">
    <formula>
      <xsl:call-template name="id"/>
      <xsl:choose>
        <xsl:when test="m:math"><xsl:attribute name="notation">mathml</xsl:attribute><xsl:copy-of select="m:math"/></xsl:when>
        <xsl:otherwise>
          <xsl:if test="contains(translate(@notation, 'TEX', 'tex'), 'tex')"><xsl:attribute name="notation">tex</xsl:attribute></xsl:if>
          <xsl:for-each select="text() | *"><xsl:if test="self::t:label"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="."/></xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </formula>
  </xsl:template>

  <!-- Inside paragraphs -->
  <xsl:template match="t:hi | t:emph">
    <xsl:variable name="sign" select="translate(concat(@rend, ' ', @style, ' ', key('style', substring-after(@rendition, '#'))), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"/>
    <xsl:variable name="rend">
      <xsl:choose>
        <xsl:when test="contains($sign, 'sup')">superscript</xsl:when>
        <xsl:when test="contains($sign, 'sub')">subscript</xsl:when>
        <xsl:when test="contains($sign, 'small') and contains($sign, 'cap') or @rend='sc'">smallcaps</xsl:when>
        <xsl:when test="contains($sign, 'bold') or @rend='b'">bold</xsl:when>
        <xsl:when test="contains($sign, 'underline') or @rend='u'">underline</xsl:when>
        <xsl:when test="contains($sign, 'mono') or @rend='tt'">monospace</xsl:when>
        <xsl:when test="contains($sign, 'ital') or contains($sign, 'letter-spacing') or @rend='i' or @rend='it'">italic</xsl:when>
        <xsl:when test="not(@rend or @rendition or @style)">italic</xsl:when>
      </xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$rend != ''"><hi rend="{$rend}"><xsl:apply-templates/></hi></xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:hi[normalize-space(.) = '' and not(*)]"><xsl:value-of select="."/></xsl:template>

  <xsl:template match="t:ref">
    <xsl:variable name="target" select="normalize-space(@target)"/>
    <xsl:variable name="place" select="key('id', substring-after($target, '#'))[1]"/>
    <xsl:choose>
      <xsl:when test="starts-with($target, 'http')"><ref type="url" target="{translate($target, ' ', '_')}"><xsl:apply-templates/></ref></xsl:when>
      <xsl:when test="starts-with($target, '#') and $place[not(self::t:text)] and generate-id($place/ancestor::t:text[1]) = generate-id(ancestor::t:text[1])">
        <ref target="{$target}">
          <xsl:attribute name="type"><xsl:choose>
            <xsl:when test="$place[self::t:bibl or self::t:biblStruct or self::t:biblFull]">bibr</xsl:when>
            <xsl:when test="$place[self::t:table or @type='table']">table</xsl:when>
            <xsl:when test="$place[self::t:figure]">figure</xsl:when>
            <xsl:when test="$place[self::t:formula]">formula</xsl:when>
            <xsl:when test="$place[self::t:note]">note</xsl:when>
            <xsl:otherwise>section</xsl:otherwise>
          </xsl:choose></xsl:attribute>
          <xsl:apply-templates/>
        </ref>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="t:choice">
    <xsl:choose>
      <xsl:when test="t:corr"><xsl:apply-templates select="t:corr[1]"/></xsl:when>
      <xsl:when test="t:reg"><xsl:apply-templates select="t:reg[1]"/></xsl:when>
      <xsl:when test="t:expan"><xsl:apply-templates select="t:expan[1]"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="*[1]"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:persName"><name type="person"><xsl:apply-templates/></name></xsl:template>
  <xsl:template match="t:placeName"><name type="place"><xsl:apply-templates/></name></xsl:template>
  <xsl:template match="t:orgName"><name type="organisation"><xsl:apply-templates/></name></xsl:template>
  <xsl:template match="t:name"><name><xsl:apply-templates/></name></xsl:template>
  <xsl:template match="t:title"><title><xsl:apply-templates/></title></xsl:template>
  <xsl:template match="t:term"><term><xsl:apply-templates/></term></xsl:template>
  <xsl:template match="t:code"><code><xsl:value-of select="."/></code></xsl:template>
  <xsl:template match="t:foreign"><foreign><xsl:copy-of select="@xml:lang[not(contains(., ' '))]"/><xsl:apply-templates/></foreign></xsl:template>
  <xsl:template match="t:bibl"><bibl><xsl:apply-templates/></bibl></xsl:template>
  <xsl:template match="t:gap"><gap><xsl:if test="@reason"><xsl:attribute name="reason"><xsl:value-of select="translate(normalize-space(@reason), ' :', '-')"/></xsl:attribute></xsl:if></gap></xsl:template>
  <xsl:template match="t:pb"><pb><xsl:if test="@n"><xsl:attribute name="n"><xsl:value-of select="normalize-space(@n)"/></xsl:attribute></xsl:if></pb></xsl:template>
  <xsl:template match="t:lb[@break='no' or @rend='&#172;']"/>
  <xsl:template match="t:lb"><lb/></xsl:template>
  <xsl:template match="t:space"><xsl:text> </xsl:text></xsl:template>

  <!-- Early print: a hyphen at the end of a line is none of the word's; abbreviations are solved. -->
  <xsl:template match="t:g[contains(@ref, 'EOL')]"/>
  <xsl:template match="t:expan[t:ex]/t:am"/>

  <!-- Not text: running heads, what was struck out, descriptions of gaps, bibliographies. -->
  <xsl:template match="t:fw | t:del | t:desc | t:cb | t:milestone | t:divGen | t:listBibl | t:biblStruct | t:biblFull
      | t:index | t:sic[parent::t:choice] | t:anchor | t:ptr | t:ab[@type='keywords'] | t:listOrg | t:teiHeader"/>

  <!-- A word broken over two lines is one word: no blank around the break. -->
  <xsl:template match="text()[following-sibling::node()[1][self::t:lb[@break='no' or @rend='&#172;'] or self::t:g[contains(@ref, 'EOL')]]]">
    <xsl:if test="translate(substring(., 1, 1), '&#9;&#10;&#13;', '   ') = ' ' and not(preceding-sibling::node()[1][self::t:lb[@break='no']])"><xsl:text> </xsl:text></xsl:if>
    <xsl:value-of select="normalize-space(.)"/>
  </xsl:template>

  <xsl:template name="id"><xsl:copy-of select="@xml:id"/></xsl:template>
</xsl:stylesheet>
