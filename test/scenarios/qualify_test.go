package scenarios_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/qualify"
	"example.com/netanswer/test/sandboxtest"
)

// TestTheScenariosNoticeEveryDefect breaks the sandbox in every value, sentence
// and behaviour there is, one at a time, and expects the scenarios of the rules
// concerned to turn red.
//
// It is the program itself that does it, as people run it: without the race
// detector, which watches the same scenarios in TestScenarios and makes it
// ten times slower.
func TestTheScenariosNoticeEveryDefect(t *testing.T) {
	program := sandboxtest.Build(t)
	out, err := exec.CommandContext(t.Context(), program, "qualify", "-driver", "api", "-out", sandboxtest.Reports(t)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(sandboxtest.Reports(t), "qualify.json"))
	if err != nil {
		t.Fatal(err)
	}
	var report qualify.Report
	if err := json.Unmarshal(data, &report); err != nil {
		t.Fatal(err)
	}
	if !report.OK() || len(report.Changes) < 300 {
		t.Errorf("%d changes: %v\n%s", len(report.Changes), report.Drivers, out)
	}
	for _, d := range report.Drivers {
		t.Logf("%s: %d noticed, %d not to be asked, %d of %d others green, %s", d.Name, d.Killed, d.Unasked, d.Green, d.Sampled, d.Took)
	}
}

// TestWhatNobodyNoticesIsASurvivor ties a sentence of one rule to another, whose
// scenarios cannot notice.
func TestWhatNobodyNoticesIsASurvivor(t *testing.T) {
	changes, _ := qualify.Sentences([]fixtures.Text{
		{ID: "confirm.heading", Text: "ご登録の内容をご確認ください。", Rules: []string{"p38-1"}},
		{ID: "video.title", Text: "動画のご案内"},
	})
	report, err := suite.QualifyChanges(t.Context(), sandboxtest.Start(t), suite.Qualification{Drivers: []string{"api"}}, changes, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) != 1 || report.OK() || len(report.Survivors()) != 1 {
		t.Errorf("changes %v, survivors %v, OK %t", changes, report.Survivors(), report.OK())
	}
	var table bytes.Buffer
	if err := report.Table(&table); err != nil || !strings.Contains(table.String(), "生き残り: p38-1") ||
		!strings.Contains(report.Markdown(), "| p38-1 | `confirm.heading` |") {
		t.Errorf("%v\n%s\n%s", err, table.String(), report.Markdown())
	}
}

// TestAWorldSaysThatItIsBroken arranges a defect as a person at the control API does.
func TestAWorldSaysThatItIsBroken(t *testing.T) {
	controls := client.New(sandboxtest.Start(t).ConsoleURL)
	known, err := controls.Defects(t.Context())
	if err != nil || len(known) < 50 {
		t.Fatalf("%d defects: %v", len(known), err)
	}
	if err := controls.Arrange(t.Context(), "mine", client.Setup{Defects: []string{"no-such-defect"}}); err == nil {
		t.Error("an unknown defect is taken")
	}
	if err := controls.Arrange(t.Context(), "mine", client.Setup{Defects: []string{known[0].Name}}); err != nil {
		t.Fatal(err)
	}
	w, err := controls.World(t.Context(), "mine")
	if err != nil || len(w.Defects) != 1 || w.Defects[0] != known[0].Name {
		t.Errorf("the world has %v: %v", w.Defects, err)
	}
	events, err := controls.Timeline(t.Context(), "mine")
	if err != nil || !strings.Contains(events[len(events)-1].What, known[0].Name) {
		t.Errorf("the timeline ends with %v: %v", events, err)
	}
}
