package spec

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"example.com/netanswer/steps/runner"
)

// rows are the rules by their scenarios, with what was found of each, under a
// head. A rule without a scenario has a row of its own.
func (s Source) rows() [][]string {
	ways := waysOf(s.Verdicts.Drivers())
	head := []string{"規則", "種別", "規則の文", "承認", "承認した人", "承認日", "機能", "シナリオ", "場所"}
	for _, w := range ways {
		head = append(head, w.Name)
	}
	all := [][]string{head}
	for _, r := range s.Rules {
		proving := s.proving(r.ID)
		state, _ := s.Approvals.State(r, proving)
		one := s.Approvals[r.ID]
		kind := "文書"
		switch {
		case r.Assumed:
			kind = "仮定"
		case r.Channel == "provider":
			kind = "約束"
		}
		about := []string{r.ID, kind, r.Says, state, one.By, one.At}
		if len(proving) == 0 {
			proving = []runner.Scenario{{}}
		}
		for _, sc := range proving {
			row := append(append([]string{}, about...), sc.Feature, sc.Name, "")
			if sc.File != "" {
				row[len(row)-1] = sc.ID()
			}
			for _, w := range ways {
				verdict := Blank
				if sc.File != "" {
					verdict = s.Verdicts.by(w, []runner.Scenario{sc})
				}
				row = append(row, verdict)
			}
			all = append(all, row)
		}
	}
	return all
}

// WriteCSV writes rules, scenarios and verdicts as a table that spreadsheets open
// as it is: in UTF-8 with its mark, and with no cell that they take for a formula.
func (s Source) WriteCSV(out io.Writer) error {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	for _, row := range s.rows() {
		for i, cell := range row {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
				row[i] = "'" + cell
			}
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// WriteExcel writes the same table as a workbook, its head kept in sight and to
// filter by.
func (s Source) WriteExcel(out io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	const sheet = "規則とシナリオ"
	rows := s.rows()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	wrap, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, wide := range []float64{9, 7, 48, 10, 12, 12, 26, 44, 38} {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err == nil {
			err = errors.Join(f.SetColWidth(sheet, column, column, wide), f.SetColStyle(sheet, column, wrap))
		}
		if err != nil {
			return err
		}
	}
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(rows[0]), len(rows))
	if err != nil {
		return err
	}
	err = errors.Join(
		f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		f.AutoFilter(sheet, "A1:"+last, nil))
	if err != nil {
		return err
	}
	return f.Write(out)
}
