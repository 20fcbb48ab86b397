<?xml version="1.0" encoding="UTF-8"?>
<!-- A TEI text as HTML to read: a table of contents and the text. Only elements and attributes named
     here come out; ids are led by "t-", so that they meet none of the page they are put into. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:t="http://www.tei-c.org/ns/1.0" xmlns:m="http://www.w3.org/1998/Math/MathML" exclude-result-prefixes="t m">
  <xsl:output method="html" encoding="UTF-8"/>
  <xsl:param name="notes" select="'Notes'"/>
  <xsl:param name="references" select="'References'"/>
  <xsl:param name="back" select="'Back to the text'"/>
  <xsl:param name="table" select="'Table'"/>
  <xsl:variable name="feet" select="//t:note[@place][ancestor::t:p or ancestor::t:head or ancestor::t:cell or ancestor::t:item or ancestor::t:l or ancestor::t:quote]"/>

  <!-- numbers of notes and sections by the id of their nodes; to count anew for each walks the text each time -->
  <xsl:variable name="numbers"><xsl:for-each select="$feet">|<xsl:value-of select="generate-id()"/>:<xsl:value-of select="position()"/></xsl:for-each>|</xsl:variable>
  <xsl:variable name="sections"><xsl:for-each select="//t:div">|<xsl:value-of select="generate-id()"/>:<xsl:value-of select="position()"/></xsl:for-each>|</xsl:variable>
  <!-- of MathML's attributes those that only say what a formula looks like -->
  <xsl:variable name="attributes" select="'|mathvariant|stretchy|fence|separator|accent|accentunder|displaystyle|scriptlevel|columnalign|rowalign|columnspan|rowspan|linethickness|notation|open|close|separators|width|height|depth|lspace|rspace|movablelimits|largeop|symmetric|minsize|maxsize|form|'"/>

  <xsl:template match="/">
    <xsl:variable name="text" select="(/t:text | /t:TEI/t:text)[1]"/>
    <div>
      <ol><xsl:apply-templates select="$text/t:front//t:div | $text/t:body/t:div | $text/t:back/t:div | $text/t:group/t:text//t:body/t:div" mode="toc"/>
        <xsl:if test="$feet"><li><a href="#t-notes"><xsl:value-of select="$notes"/></a></li></xsl:if>
      </ol>
      <div class="text">
        <xsl:apply-templates select="$text/*"/>
        <xsl:if test="$feet">
          <section id="t-notes" class="notes"><h2><xsl:value-of select="$notes"/></h2>
            <ol>
              <xsl:for-each select="$feet">
                <xsl:variable name="number"><xsl:call-template name="foot"/></xsl:variable>
                <li id="t-note-{$number}">
                  <xsl:if test="@xml:id"><span id="t-{@xml:id}"></span></xsl:if>
                  <xsl:apply-templates/><xsl:text> </xsl:text>
                  <a class="back" href="#t-noteref-{$number}" aria-label="{$back} ({$number})">&#8617;</a>
                </li>
              </xsl:for-each>
            </ol>
          </section>
        </xsl:if>
      </div>
    </div>
  </xsl:template>

  <!-- Contents. -->
  <xsl:template match="t:div[@type='references' and t:listBibl]" mode="toc">
    <li><a href="#t-references"><xsl:value-of select="$references"/></a></li>
  </xsl:template>
  <xsl:template match="t:div[normalize-space(t:head) != '']" mode="toc">
    <li>
      <a><xsl:attribute name="href">#<xsl:call-template name="place"/></xsl:attribute><xsl:apply-templates select="t:head[1]" mode="plain"/></a>
      <xsl:if test="count(ancestor::t:div) &lt; 2 and t:div[normalize-space(t:head) != '']"><ol><xsl:apply-templates select="t:div" mode="toc"/></ol></xsl:if>
    </li>
  </xsl:template>
  <xsl:template match="*" mode="toc"/>
  <xsl:template match="t:note | t:figure" mode="plain"/>
  <xsl:template match="t:formula" mode="plain"><xsl:apply-templates select="m:math[1] | text()"/></xsl:template>
  <xsl:template match="t:lb" mode="plain"><xsl:text> </xsl:text></xsl:template>
  <xsl:template name="place">
    <xsl:choose>
      <xsl:when test="@xml:id">t-<xsl:value-of select="@xml:id"/></xsl:when>
      <xsl:otherwise>t-section-<xsl:value-of select="substring-before(substring-after($sections, concat('|', generate-id(), ':')), '|')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="id"><xsl:if test="@xml:id"><xsl:attribute name="id">t-<xsl:value-of select="@xml:id"/></xsl:attribute></xsl:if></xsl:template>
  <xsl:template name="lang"><xsl:if test="@xml:lang"><xsl:attribute name="lang"><xsl:value-of select="@xml:lang"/></xsl:attribute></xsl:if></xsl:template>

  <!-- Sections and blocks. -->
  <xsl:template match="t:front | t:body | t:back | t:group | t:text"><xsl:apply-templates/></xsl:template>
  <xsl:template match="t:div | t:titlePage">
    <section>
      <xsl:attribute name="id"><xsl:call-template name="place"/></xsl:attribute>
      <xsl:call-template name="lang"/>
      <xsl:apply-templates/>
    </section>
  </xsl:template>
  <xsl:template match="t:div[@type='references' and t:listBibl]">
    <section id="t-references"><h2><xsl:value-of select="$references"/></h2><xsl:apply-templates select="t:listBibl"/></section>
  </xsl:template>
  <xsl:template match="t:div/t:head">
    <xsl:variable name="level" select="count(ancestor::t:div[normalize-space(t:head) != '']) + 1"/>
    <xsl:if test="normalize-space(.) != ''">
      <xsl:choose>
        <xsl:when test="preceding-sibling::t:head"><p class="subhead"><xsl:apply-templates/></p></xsl:when>
        <xsl:when test="$level &gt; 6"><h6><xsl:apply-templates/></h6></xsl:when>
        <xsl:otherwise><xsl:element name="h{$level}"><xsl:apply-templates/></xsl:element></xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>
  <xsl:template match="t:head | t:titlePart | t:trailer | t:byline | t:docTitle | t:dateline | t:salute | t:signed | t:opener | t:closer | t:argument | t:epigraph">
    <div class="{local-name()}"><xsl:call-template name="id"/><xsl:apply-templates/></div>
  </xsl:template>
  <xsl:template match="t:p | t:ab">
    <xsl:choose>
      <xsl:when test="t:list | t:quote[*[not(self::t:hi)]] | t:figure | t:table | t:floatingText | t:lg | t:sp | t:p | t:listBibl | t:code[contains(., '&#10;')] | t:note[not(@place)] | t:formula[@rend = 'display'] | t:cit">
        <div class="p"><xsl:call-template name="id"/><xsl:call-template name="lang"/><xsl:apply-templates/></div>
      </xsl:when>
      <xsl:when test="normalize-space(.) = '' and not(.//t:graphic)"/>
      <xsl:otherwise><p><xsl:call-template name="id"/><xsl:call-template name="lang"/><xsl:apply-templates/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:list">
    <xsl:apply-templates select="t:head"/>
    <xsl:choose>
      <xsl:when test="@type = 'gloss' and t:label and t:item">
        <dl><xsl:for-each select="t:label | t:item"><xsl:choose>
          <xsl:when test="self::t:label"><dt><xsl:apply-templates/></dt></xsl:when>
          <xsl:otherwise><dd><xsl:apply-templates/></dd></xsl:otherwise>
        </xsl:choose></xsl:for-each></dl>
      </xsl:when>
      <xsl:when test="t:item/t:label"><ul class="labelled"><xsl:apply-templates select="t:item"/></ul></xsl:when>
      <xsl:when test="@rend = 'ordered' or @type = 'ordered'"><ol><xsl:apply-templates select="t:item"/></ol></xsl:when>
      <xsl:otherwise><ul><xsl:apply-templates select="t:item"/></ul></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:item"><li><xsl:call-template name="id"/><xsl:apply-templates/></li></xsl:template>
  <xsl:template match="t:quote">
    <xsl:choose>
      <xsl:when test="*[not(self::t:hi or self::t:ref or self::t:lb or self::t:note)] or parent::t:div or parent::t:body or parent::t:cit"><blockquote><xsl:call-template name="lang"/><xsl:apply-templates/></blockquote></xsl:when>
      <xsl:otherwise><q><xsl:apply-templates/></q></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:lg"><div class="stanza"><xsl:call-template name="id"/><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="t:l"><div class="line"><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="t:sp"><div class="speech"><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="t:speaker"><div class="speaker"><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="t:stage"><span class="stage"><xsl:apply-templates/></span></xsl:template>
  <xsl:template match="t:floatingText"><div class="box"><xsl:call-template name="id"/><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="t:cit | t:bibl[parent::t:div or parent::t:cit]"><div class="{local-name()}"><xsl:apply-templates/></div></xsl:template>

  <!-- Figures, tables, formulas. -->
  <xsl:template match="t:figure">
    <xsl:variable name="said" select="t:head | t:figDesc | t:p"/>
    <figure>
      <xsl:call-template name="id"/>
      <xsl:if test="@type = 'table'"><xsl:attribute name="class">table</xsl:attribute><figcaption><xsl:apply-templates select="t:head | t:figDesc | t:p[following-sibling::t:table]" mode="caption"/></figcaption></xsl:if>
      <xsl:apply-templates select="*[not(self::t:head or self::t:figDesc or self::t:p or self::t:note)]"/>
      <xsl:choose>
        <xsl:when test="@type = 'table'"><xsl:apply-templates select="t:p[not(following-sibling::t:table)] | t:note"/></xsl:when>
        <xsl:otherwise><xsl:if test="$said"><figcaption><xsl:apply-templates select="$said" mode="caption"/></figcaption></xsl:if><xsl:apply-templates select="t:note"/></xsl:otherwise>
      </xsl:choose>
    </figure>
  </xsl:template>
  <xsl:template match="t:head" mode="caption"><strong><xsl:apply-templates/></strong><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="*" mode="caption"><xsl:apply-templates/><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="t:graphic"><span class="graphic" data-name="{@url}"></span></xsl:template>
  <xsl:template match="t:table">
    <xsl:variable name="name" select="normalize-space((parent::t:figure/t:head | t:head)[1])"/>
    <div class="wide" tabindex="0" role="group">
      <xsl:attribute name="aria-label"><xsl:choose><xsl:when test="$name != ''"><xsl:value-of select="substring($name, 1, 200)"/></xsl:when><xsl:otherwise><xsl:value-of select="$table"/></xsl:otherwise></xsl:choose></xsl:attribute>
      <table><xsl:call-template name="id"/><tbody><xsl:apply-templates select="t:row"/></tbody></table>
    </div>
  </xsl:template>
  <xsl:template match="t:row"><tr><xsl:apply-templates select="t:cell"/></tr></xsl:template>
  <xsl:template match="t:cell">
    <xsl:variable name="name"><xsl:choose><xsl:when test="(@role = 'label' or ../@role = 'label') and normalize-space(.) != ''">th</xsl:when><xsl:otherwise>td</xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:element name="{$name}">
      <xsl:if test="number(@cols) &gt; 1"><xsl:attribute name="colspan"><xsl:value-of select="floor(number(@cols))"/></xsl:attribute></xsl:if>
      <xsl:if test="number(@rows) &gt; 1"><xsl:attribute name="rowspan"><xsl:value-of select="floor(number(@rows))"/></xsl:attribute></xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="t:formula">
    <xsl:choose>
      <xsl:when test="m:math"><xsl:if test="@xml:id"><span id="t-{@xml:id}"></span></xsl:if><xsl:apply-templates select="m:math[1]"/></xsl:when>
      <xsl:when test="@notation = 'tex'"><code class="tex"><xsl:call-template name="id"/><xsl:value-of select="."/></code></xsl:when>
      <xsl:otherwise><span class="formula"><xsl:call-template name="id"/><xsl:apply-templates/></span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="m:math">
    <math><xsl:if test="../@rend = 'display'"><xsl:attribute name="display">block</xsl:attribute></xsl:if><xsl:apply-templates mode="math"/></math>
  </xsl:template>
  <xsl:template match="m:mrow | m:mi | m:mn | m:mo | m:mtext | m:mspace | m:ms | m:mfrac | m:msqrt | m:mroot | m:mstyle | m:merror
      | m:mpadded | m:mphantom | m:mfenced | m:menclose | m:msub | m:msup | m:msubsup | m:munder | m:mover | m:munderover
      | m:mmultiscripts | m:mprescripts | m:none | m:mtable | m:mtr | m:mlabeledtr | m:mtd" mode="math">
    <xsl:element name="{local-name()}">
      <xsl:for-each select="@*[contains($attributes, concat('|', name(), '|'))]">
        <xsl:attribute name="{local-name()}"><xsl:value-of select="."/></xsl:attribute>
      </xsl:for-each>
      <xsl:apply-templates mode="math"/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="m:semantics | m:maction" mode="math"><xsl:apply-templates select="*[1]" mode="math"/></xsl:template>
  <xsl:template match="m:annotation | m:annotation-xml" mode="math"/>
  <xsl:template match="*" mode="math"><mrow><xsl:apply-templates mode="math"/></mrow></xsl:template>

  <!-- Notes, references, links. -->
  <xsl:template match="t:note">
    <xsl:choose>
      <xsl:when test="@place and contains($numbers, concat('|', generate-id(), ':'))">
        <xsl:variable name="number"><xsl:call-template name="foot"/></xsl:variable>
        <sup class="noteref"><a id="t-noteref-{$number}" href="#t-note-{$number}"><xsl:value-of select="$number"/></a></sup>
      </xsl:when>
      <xsl:otherwise><div class="note"><xsl:call-template name="id"/><xsl:apply-templates/></div></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="foot"><xsl:value-of select="substring-before(substring-after($numbers, concat('|', generate-id(), ':')), '|')"/></xsl:template>
  <xsl:template match="t:ref | t:ptr">
    <xsl:variable name="target" select="normalize-space(@target)"/>
    <xsl:variable name="scheme" select="translate(substring-before($target, ':'), 'HTPSF', 'htpsf')"/>
    <xsl:choose>
      <xsl:when test="ancestor::t:ref or (normalize-space(.) = '' and starts-with($target, '#'))"><xsl:apply-templates/></xsl:when>
      <xsl:when test="starts-with($target, '#')"><a class="{@type}" href="#t-{substring-before(concat(substring($target, 2), ' '), ' ')}"><xsl:apply-templates/></a></xsl:when>
      <xsl:when test="$scheme = 'http' or $scheme = 'https' or $scheme = 'ftp'">
        <a href="{$target}" rel="external nofollow noopener"><xsl:apply-templates/><xsl:if test="normalize-space(.) = ''"><xsl:value-of select="$target"/></xsl:if></a>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:listBibl"><ol class="references"><xsl:apply-templates select="t:biblStruct | t:bibl"/></ol></xsl:template>
  <xsl:template match="t:listBibl/t:bibl"><li><xsl:call-template name="id"/><xsl:apply-templates/></li></xsl:template>
  <xsl:template match="t:biblStruct">
    <li>
      <xsl:call-template name="id"/>
      <xsl:variable name="people" select="t:analytic/t:author | t:monogr[not(../t:analytic)]/t:author"/>
      <xsl:for-each select="$people[position() &lt;= 12]">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:value-of select="normalize-space(concat(t:persName/t:surname, ' ', t:persName/t:forename, t:name))"/>
      </xsl:for-each>
      <xsl:if test="count($people) &gt; 12"> et al.</xsl:if>
      <xsl:if test="$people">. </xsl:if>
      <xsl:for-each select="t:analytic/t:title[. != ''][1]"><xsl:value-of select="."/><xsl:text>. </xsl:text></xsl:for-each>
      <xsl:for-each select="t:monogr/t:title[. != ''][1]"><cite><xsl:value-of select="."/></cite></xsl:for-each>
      <xsl:for-each select="t:monogr/t:imprint/t:biblScope"><xsl:text>, </xsl:text><xsl:value-of select="."/></xsl:for-each>
      <xsl:for-each select="t:monogr/t:imprint/t:date[. != ''][1]"><xsl:text>, </xsl:text><xsl:value-of select="."/></xsl:for-each>
      <xsl:text>.</xsl:text>
      <xsl:for-each select=".//t:idno[@type = 'DOI'][1]"><xsl:text> </xsl:text><a href="https://doi.org/{.}" rel="external nofollow noopener"><xsl:value-of select="."/></a></xsl:for-each>
    </li>
  </xsl:template>

  <!-- Words. -->
  <xsl:template match="t:hi[@rend = 'italic'] | t:emph"><em><xsl:apply-templates/></em></xsl:template>
  <xsl:template match="t:hi[@rend = 'bold']"><strong><xsl:apply-templates/></strong></xsl:template>
  <xsl:template match="t:hi[@rend = 'superscript']"><sup><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="t:hi[@rend = 'subscript']"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="t:hi[@rend = 'monospace']"><code><xsl:apply-templates/></code></xsl:template>
  <xsl:template match="t:hi"><span class="{translate(@rend, '#&amp;;', '')}"><xsl:apply-templates/></span></xsl:template>
  <xsl:template match="t:code">
    <xsl:choose>
      <xsl:when test="contains(., '&#10;')"><pre tabindex="0"><code><xsl:value-of select="."/></code></pre></xsl:when>
      <xsl:otherwise><code><xsl:value-of select="."/></code></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="t:title | t:bibl"><cite><xsl:apply-templates/></cite></xsl:template>
  <xsl:template match="t:foreign"><i><xsl:call-template name="lang"/><xsl:apply-templates/></i></xsl:template>
  <xsl:template match="t:label"><span class="label"><xsl:apply-templates/></span></xsl:template>
  <xsl:template match="t:lb"><xsl:if test="not(@break = 'no')"><br/></xsl:if></xsl:template>
  <xsl:template match="t:pb"><xsl:if test="@n"><span class="page">[<xsl:value-of select="@n"/>]</span></xsl:if></xsl:template>
  <xsl:template match="t:gap"><span class="gap">[…]</span></xsl:template>
  <xsl:template match="t:choice"><xsl:apply-templates select="(t:reg | t:corr | t:expan | *)[1]"/></xsl:template>
  <xsl:template match="t:fw | t:teiHeader"/>
  <xsl:template match="*"><xsl:if test="@xml:id"><span id="t-{@xml:id}"></span></xsl:if><xsl:apply-templates/></xsl:template>
</xsl:stylesheet>
