package spec

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// The parts of a workbook of one sheet, as ECMA-376 (Office Open XML) has them. A
// library that writes all of the format costs each start of the program more than
// everything else that is made ready before main.
var workbook = []struct{ name, content string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + sheetML + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + sheetML + `styles+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + sheetML + `worksheet+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="` + packageRelations + `">` +
		`<Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packageRelations + `">` +
		`<Relationship Id="rId1" Type="` + relations + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relations + `/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="` + sheetSpace + `"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`},
}

const (
	sheetML          = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	relations        = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
	sheetSpace       = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	sheetName        = "規則とシナリオ"
)

// wide are the widths of the first columns, in characters.
var wide = []float64{9, 7, 48, 10, 12, 12, 26, 44, 38}

// mostInACell is how many characters a cell can hold.
const mostInACell = 32767

// WriteExcel writes the same table as a workbook, its head kept in sight and to
// filter by.
func (s Source) WriteExcel(out io.Writer) error {
	rows := s.rows()
	last := fmt.Sprintf("%s%d", columnName(len(rows[0])), len(rows))
	z := zip.NewWriter(out)
	parts := append(workbook[:len(workbook):len(workbook)],
		struct{ name, content string }{"xl/workbook.xml", `<workbook xmlns="` + sheetSpace + `" xmlns:r="` + relations + `"><sheets>` +
			`<sheet name="` + sheetName + `" sheetId="1" r:id="rId1"/></sheets><definedNames>` +
			`<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'` + sheetName + `'!$A$1:` + absolute(last) +
			`</definedName></definedNames></workbook>`},
		struct{ name, content string }{"xl/worksheets/sheet1.xml", sheetOf(rows, last)})
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, xml.Header+p.content); err != nil {
			return err
		}
	}
	return z.Close()
}

// sheetOf is the sheet of rows up to the cell last. Texts stand in their cells, so that
// none is taken for a formula.
func sheetOf(rows [][]string, last string) string {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="` + sheetSpace + `"><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, w := range wide {
		fmt.Fprintf(&b, `<col min="%d" max="%[1]d" width="%g" style="1" customWidth="1"/>`, i+1, w)
	}
	b.WriteString(`</cols><sheetData>`)
	for i, row := range rows {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, cell := range row {
			style := ""
			if j < len(wide) {
				style = ` s="1"`
			}
			fmt.Fprintf(&b, `<c r="%s%d"%s t="inlineStr"><is><t xml:space="preserve">`, columnName(j+1), i+1, style)
			_ = xml.EscapeText(&b, []byte(fitting(cell))) // a Builder takes everything
			b.WriteString(`</t></is></c>`)
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData><autoFilter ref="A1:` + last + `"/></worksheet>`)
	return b.String()
}

// columnName is the name of a column by its number from 1: A, Z, AA.
func columnName(n int) string {
	if n <= 0 {
		return ""
	}
	return columnName((n-1)/26) + string(rune('A'+(n-1)%26))
}

// absolute is a cell's name as it stands in a defined name: $A$1 of A1.
func absolute(cell string) string {
	letters := strings.TrimRight(cell, "0123456789")
	return "$" + letters + "$" + cell[len(letters):]
}

// fitting is as much of a text as a cell can hold.
func fitting(text string) string {
	if utf8.RuneCountInString(text) <= mostInACell {
		return text
	}
	return string([]rune(text)[:mostInACell])
}
