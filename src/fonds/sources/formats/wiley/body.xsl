<?xml version="1.0" encoding="UTF-8"?>
<!-- The body of a WileyML component in the names of JATS. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:w="http://www.wiley.com/namespaces/wiley"
    xmlns:m="http://www.w3.org/1998/Math/MathML" exclude-result-prefixes="w m">

  <xsl:key name="id" match="w:*[@xml:id]" use="@xml:id"/>

  <xsl:template match="/*">
    <article>
      <body><xsl:apply-templates select="w:body/node()[not(self::w:section[@type='acknowledgments' or @type='appendix'])]"/></body>
      <back>
        <xsl:for-each select="w:body/w:section[@type='acknowledgments']"><ack><xsl:apply-templates/></ack></xsl:for-each>
        <xsl:for-each select="w:body/w:section[@type='appendix'] | w:body/w:appendix/w:section"><app><xsl:call-template name="id"/><xsl:apply-templates/></app></xsl:for-each>
        <xsl:for-each select="w:noteGroup | w:body//w:noteGroup[not(ancestor::w:tabular or ancestor::w:tabularFixed)]"><fn-group><xsl:apply-templates/></fn-group></xsl:for-each>
      </back>
    </article>
  </xsl:template>

  <xsl:template match="w:section"><sec><xsl:call-template name="id"/><xsl:if test="@type"><xsl:attribute name="sec-type"><xsl:value-of select="@type"/></xsl:attribute></xsl:if><xsl:apply-templates/></sec></xsl:template>
  <xsl:template match="w:title"><title><xsl:apply-templates/></title></xsl:template>
  <xsl:template match="w:label"><label><xsl:apply-templates/></label></xsl:template>
  <xsl:template match="w:p"><p><xsl:call-template name="id"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="w:noteGroup[not(ancestor::w:tabular or ancestor::w:tabularFixed)]"/>
  <xsl:template match="w:bibliography | w:appendix | w:supportingInformation | w:indexTerm"/>
  <xsl:template match="w:lineatedText"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="w:line"><xsl:apply-templates/><xsl:if test="following-sibling::w:line"><break/></xsl:if></xsl:template>
  <xsl:template match="w:computerCode"><preformat><xsl:value-of select="."/></preformat></xsl:template>
  <xsl:template match="w:blockFixed | w:featureFixed | w:feature | w:blockQuotation">
    <xsl:choose>
      <xsl:when test="@type='box' or self::w:feature or self::w:featureFixed"><boxed-text><xsl:call-template name="id"/><xsl:apply-templates/></boxed-text></xsl:when>
      <xsl:otherwise><disp-quote><xsl:call-template name="id"/><xsl:apply-templates/></disp-quote></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="w:list">
    <list>
      <xsl:call-template name="id"/>
      <xsl:attribute name="list-type"><xsl:choose><xsl:when test="@style='bulleted' or @style='plain' or @style='custom'">bullet</xsl:when><xsl:otherwise>order</xsl:otherwise></xsl:choose></xsl:attribute>
      <xsl:for-each select="w:listItem"><list-item><xsl:choose><xsl:when test="w:p"><xsl:apply-templates/></xsl:when><xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise></xsl:choose></list-item></xsl:for-each>
    </list>
  </xsl:template>
  <xsl:template match="w:listPaired"><def-list><xsl:for-each select="w:listPairedItem | w:pairedItem"><def-item><term><xsl:apply-templates select="*[1]/node()"/></term><def><xsl:apply-templates select="*[position() &gt; 1]"/></def></def-item></xsl:for-each></def-list></xsl:template>

  <xsl:template match="w:figure | w:blockFixed[@type='graphic']">
    <fig>
      <xsl:call-template name="id"/>
      <xsl:call-template name="numbered"><xsl:with-param name="word">Figure </xsl:with-param></xsl:call-template>
      <xsl:if test="w:caption or w:title[@type='main']"><caption><xsl:apply-templates select="w:title[@type='main']"/><xsl:apply-templates select="w:caption" mode="caption"/></caption></xsl:if>
      <xsl:apply-templates select=".//w:mediaResource[1]"/>
    </fig>
  </xsl:template>
  <xsl:template match="w:tabular | w:tabularFixed">
    <table-wrap>
      <xsl:call-template name="id"/>
      <xsl:call-template name="numbered"><xsl:with-param name="word">Table </xsl:with-param></xsl:call-template>
      <xsl:if test="w:caption or w:title[@type='main']"><caption><xsl:apply-templates select="w:title[@type='main']"/><xsl:apply-templates select="w:caption" mode="caption"/></caption></xsl:if>
      <xsl:for-each select=".//w:tgroup"><table><xsl:apply-templates mode="cals"/></table></xsl:for-each>
      <xsl:apply-templates select="w:mediaResourceGroup//w:mediaResource[1]"/>
      <xsl:for-each select="w:noteGroup"><table-wrap-foot><xsl:apply-templates/></table-wrap-foot></xsl:for-each>
    </table-wrap>
  </xsl:template>
  <xsl:template name="numbered">
    <xsl:param name="word"/>
    <xsl:if test="not(w:label) and @xml:id"><label><xsl:value-of select="$word"/><xsl:apply-templates select="." mode="number"/></label></xsl:if>
    <xsl:for-each select="w:label[1]">
      <label><xsl:if test="number(.) = number(.)"><xsl:value-of select="$word"/></xsl:if><xsl:value-of select="normalize-space(.)"/></label>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="w:caption" mode="caption"><xsl:choose><xsl:when test="w:p"><xsl:apply-templates/></xsl:when><xsl:otherwise><p><xsl:apply-templates/></p></xsl:otherwise></xsl:choose></xsl:template>
  <xsl:template match="w:mediaResource"><graphic href="{@href}"/></xsl:template>
  <xsl:template match="w:inlineGraphic"><inline-graphic href="{@href | @location}"/></xsl:template>
  <xsl:template match="*" mode="cals"><xsl:element name="{local-name()}"><xsl:copy-of select="@*"/><xsl:apply-templates mode="cals"/></xsl:element></xsl:template>
  <xsl:template match="w:entry" mode="cals"><entry><xsl:copy-of select="@*"/><xsl:apply-templates/></entry></xsl:template>

  <xsl:template match="w:displayedItem">
    <disp-formula>
      <xsl:call-template name="id"/>
      <xsl:for-each select="w:label"><label><xsl:value-of select="normalize-space(.)"/></label></xsl:for-each>
      <xsl:choose>
        <xsl:when test=".//m:math"><xsl:copy-of select=".//m:math[1]"/></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="node()[not(self::w:label)]"/></xsl:otherwise>
      </xsl:choose>
    </disp-formula>
  </xsl:template>
  <xsl:template match="m:math"><inline-formula><xsl:copy-of select="."/></inline-formula></xsl:template>

  <!-- The kind of a link is its target's; a link without words has its target's number, or the
       year where references are cited by name and date. -->
  <xsl:template match="w:link">
    <xsl:variable name="first" select="substring-before(concat(substring-after(@href, '#'), ' '), ' ')"/>
    <xsl:variable name="target" select="key('id', $first)"/>
    <xsl:choose>
      <xsl:when test="starts-with(@href, '#')">
        <xref rid="{translate(@href, '#', '')}">
          <xsl:attribute name="ref-type"><xsl:choose>
            <xsl:when test="$target/self::w:bib or $target/self::w:citation">bibr</xsl:when>
            <xsl:when test="$target/self::w:figure or $target/self::w:blockFixed">fig</xsl:when>
            <xsl:when test="$target/self::w:tabular or $target/self::w:tabularFixed">table</xsl:when>
            <xsl:when test="$target/self::w:displayedItem">disp-formula</xsl:when>
            <xsl:when test="$target/self::w:note">fn</xsl:when>
            <xsl:otherwise>sec</xsl:otherwise>
          </xsl:choose></xsl:attribute>
          <xsl:apply-templates/>
          <xsl:if test="not(node()) and $target"><xsl:apply-templates select="$target" mode="number"/></xsl:if>
        </xref>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="address"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="*" mode="number"/>
  <xsl:template match="*[w:label]" mode="number" priority="1"><xsl:value-of select="normalize-space(w:label[1])"/></xsl:template>
  <xsl:template match="w:bib" mode="number">
    <xsl:choose>
      <xsl:when test="../@style='nameDate'"><xsl:value-of select="w:citation[1]/w:pubYear"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="count(preceding-sibling::w:bib) + 1"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="w:figure" mode="number"><xsl:value-of select="count(preceding::w:figure) + 1"/></xsl:template>
  <xsl:template match="w:tabular" mode="number"><xsl:value-of select="count(preceding::w:tabular) + 1"/></xsl:template>
  <xsl:template match="w:note" mode="number"><xsl:value-of select="count(preceding-sibling::w:note) + 1"/></xsl:template>
  <xsl:template match="w:url" name="address"><ext-link href="{@href}"><xsl:apply-templates/></ext-link></xsl:template>
  <xsl:template match="w:note"><fn><xsl:call-template name="id"/><xsl:apply-templates/></fn></xsl:template>

  <xsl:template match="w:i"><italic><xsl:apply-templates/></italic></xsl:template>
  <xsl:template match="w:b"><bold><xsl:apply-templates/></bold></xsl:template>
  <xsl:template match="w:sup"><sup><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="w:sub"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="w:sc"><sc><xsl:apply-templates/></sc></xsl:template>
  <xsl:template match="w:u"><underline><xsl:apply-templates/></underline></xsl:template>
  <xsl:template match="w:fi"><monospace><xsl:apply-templates/></monospace></xsl:template>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>

  <xsl:template name="id"><xsl:if test="@xml:id"><xsl:attribute name="id"><xsl:value-of select="@xml:id"/></xsl:attribute></xsl:if></xsl:template>
</xsl:stylesheet>
