package runner_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	messages "github.com/cucumber/messages/go/v34"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// published are the schemas of messages, as npm @cucumber/messages has them:
// that of the version in use, and the newest.
var published = map[string]string{
	"21.0.1": "testdata/schema/21.0.1/Envelope.json",
	"34.2.1": "testdata/schema/34.2.1/messages.schema.json",
}

// everyOutcome is a suite with everything that messages can tell: passed,
// failed in a step, before the first and after the last, skipped, with
// evidence of both kinds, several drivers and repetitions.
func everyOutcome(t *testing.T) runner.Config {
	cfg := mixed(t, new(bytes.Buffer))
	st := cfg.Environment.(*environment)
	begin := st.begin
	st.begin = func(ctx context.Context, s runner.Scenario) error {
		if s.Line == 44 {
			return errors.New("ワールドを作れない")
		}
		return begin(ctx, s)
	}
	st.end = func(ctx context.Context) error {
		if w := ctx.Value(worldKey{}).(*world); w.scenario.Line == 49 {
			return errors.New("閉じられない")
		}
		return nil
	}
	st.evidence = func(context.Context) []driver.Evidence {
		return []driver.Evidence{
			{Name: "a.png", Media: "image/png", Bytes: []byte("\x89PNG\x00")},
			{Name: "b.txt", Media: "text/plain", Bytes: []byte("あ</script>")},
		}
	}
	cfg.Repeat = 2
	return cfg
}

func TestMessagesAreValidByThePublishedSchemas(t *testing.T) {
	cfg := everyOutcome(t)
	run(t, cfg)
	for version, file := range published {
		schema, err := jsonschema.NewCompiler().Compile(file)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[string]int{}
		lines := bufio.NewScanner(strings.NewReader(read(t, cfg.Reports.Dir, "messages.ndjson")))
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			message, err := jsonschema.UnmarshalJSON(bytes.NewReader(lines.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(message); err != nil {
				t.Fatalf("%s: %v\n%s", version, err, lines.Text())
			}
			for kind := range message.(map[string]any) {
				kinds[kind]++
			}
		}
		for _, kind := range []string{"meta", "source", "gherkinDocument", "pickle", "stepDefinition", "hook", "testRunStarted", "testCase", "testCaseStarted", "testStepStarted", "testStepFinished", "attachment", "testCaseFinished", "testRunFinished"} {
			if kinds[kind] == 0 {
				t.Errorf("%s: no %s among the messages", version, kind)
			}
		}
		if kinds["testCase"] != 30 || kinds["testCaseFinished"] != 30 {
			t.Errorf("%d test cases, %d finished, want 30 for 15 scenarios twice", kinds["testCase"], kinds["testCaseFinished"])
		}
	}
}

// TestMessagesReferToWhatWasTold finds ids that nothing told before has.
func TestMessagesReferToWhatWasTold(t *testing.T) {
	cfg := everyOutcome(t)
	run(t, cfg)
	known := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			if id, ok := v["id"].(string); ok {
				if known[id] {
					t.Errorf("id %s is told twice", id)
				}
				known[id] = true
			}
			for key, e := range v {
				if id, ok := e.(string); ok && strings.HasSuffix(key, "Id") && key != "workerId" && !known[id] {
					t.Errorf("%s %q refers to nothing", key, id)
				}
				walk(e)
			}
		}
	}
	for line := range strings.Lines(read(t, cfg.Reports.Dir, "messages.ndjson")) {
		var message any
		if err := json.Unmarshal([]byte(line), &message); err != nil {
			t.Fatal(err)
		}
		walk(message)
	}
}

func TestHTMLHoldsTheMessagesAndNothingThatEndsTheScript(t *testing.T) {
	cfg := everyOutcome(t)
	run(t, cfg)
	page := read(t, cfg.Reports.Dir, "report.html")
	_, list, _ := strings.Cut(page, "window.CUCUMBER_MESSAGES = ")
	list, _, _ = strings.Cut(list, ";\n</script>")
	var told []any
	if err := json.Unmarshal([]byte(list), &told); err != nil {
		t.Fatal(err)
	}
	if want := strings.Count(read(t, cfg.Reports.Dir, "messages.ndjson"), "\n"); len(told) != want {
		t.Errorf("%d messages in the page, want %d", len(told), want)
	}
	script, err := os.ReadFile(filepath.Join("html", "main.js"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page, string(script)) || strings.Contains(page, "{{") && !strings.Contains(string(script), "{{") {
		t.Error("the page lacks its script, or a place of the template was left")
	}
	for _, link := range []string{`src="http`, `href="http`, `@import url(`} {
		if head, _, _ := strings.Cut(page, "<body>"); strings.Contains(head, link) {
			t.Errorf("the page loads something from elsewhere: %s", link)
		}
	}
}

func TestHTMLNamesThePicturesThatAreTooMany(t *testing.T) {
	cfg := everyOutcome(t)
	cfg.Reports.Pictures = 6000
	run(t, cfg)
	page, all := read(t, cfg.Reports.Dir, "report.html"), read(t, cfg.Reports.Dir, "messages.ndjson")
	const picture = `"mediaType":"image/png"`
	if in, of := strings.Count(page, picture), strings.Count(all, picture); in == 0 || in >= of {
		t.Errorf("%d of %d pictures are in the page", in, of)
	}
	if !strings.Contains(page, "evidence フォルダーにあります: a.png") ||
		strings.Count(page, `"fileName":"b.txt"`) != strings.Count(all, `"fileName":"b.txt"`) {
		t.Error("the others are not named, or texts are missing")
	}
}

// TestPicturesOfARunAreBounded: those beyond the bound are named, texts are kept.
func TestPicturesOfARunAreBounded(t *testing.T) {
	for bound, want := range map[int]bool{6: false, -1: true} {
		cfg := everyOutcome(t)
		cfg.Reports.Evidence = bound
		run(t, cfg)
		all := read(t, cfg.Reports.Dir, "messages.ndjson")
		pictures, instead, texts := strings.Count(all, `"fileName":"a.png"`), strings.Count(all, `"fileName":"no-picture.txt"`), strings.Count(all, `"fileName":"b.txt"`)
		if pictures == 0 || pictures+instead != texts || (instead == 0) != want {
			t.Errorf("bound %d: %d pictures, %d left out, %d texts", bound, pictures, instead, texts)
		}
	}
}

// TestMessagesTellWhereTheValuesOfAStepStand finds them as JavaScript would.
func TestMessagesTellWhereTheValuesOfAStepStand(t *testing.T) {
	const feature = "# language: ja\n機能: 例\n\n  @p34-7\n  シナリオ: 一つ\n    もし 𠮷野さんが「青」と「白」を選ぶ\n"
	cfg := small(feature, func(to runner.Definitions) {
		to.When(`^(\S+さん)が「([^」]*)」と「([^」]*)」を選ぶ$`, func(_, _, _ string) {})
	})
	cfg.Reports.Dir = t.TempDir()
	run(t, cfg)
	text := utf16.Encode([]rune("𠮷野さんが「青」と「白」を選ぶ"))
	var got []string
	for line := range strings.Lines(read(t, cfg.Reports.Dir, "messages.ndjson")) {
		var e messages.Envelope
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if e.TestCase == nil {
			continue
		}
		if strings.Count(line, `"start":`) != 3 {
			t.Errorf("a start is left out in %s", line)
		}
		for _, a := range e.TestCase.TestSteps[0].StepMatchArgumentsLists[0].StepMatchArguments {
			end := int(a.Group.Start) + len(utf16.Encode([]rune(a.Group.Value)))
			if at := string(utf16.Decode(text[a.Group.Start:end])); at != a.Group.Value {
				t.Errorf("at %d stands %q, not %q", a.Group.Start, at, a.Group.Value)
			}
			got = append(got, a.Group.Value)
		}
	}
	diff(t, []string{"𠮷野さん", "青", "白"}, got)
}
