package runner

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Cucumber JSON is the older format, which many plug-ins still ask for. It knows
// no ルール, so the name of one stands before the scenario's, and no drivers, so
// a file tried with several is a feature for each.
type jsonFeature struct {
	URI         string        `json:"uri"`
	ID          string        `json:"id"`
	Keyword     string        `json:"keyword"`
	Name        string        `json:"name"`
	Description string        `json:"description"`
	Line        int           `json:"line"`
	Tags        []jsonTag     `json:"tags"`
	Elements    []jsonElement `json:"elements"`
}

type jsonTag struct {
	Name string `json:"name"`
	Line int    `json:"line"`
}

type jsonElement struct {
	ID          string     `json:"id"`
	Keyword     string     `json:"keyword"`
	Type        string     `json:"type"`
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Line        int        `json:"line"`
	Start       string     `json:"start_timestamp"`
	Tags        []jsonTag  `json:"tags"`
	Before      []jsonHook `json:"before,omitempty"`
	Steps       []jsonStep `json:"steps"`
	After       []jsonHook `json:"after,omitempty"`
}

type jsonHook struct {
	Match      jsonMatch   `json:"match"`
	Result     jsonResult  `json:"result"`
	Embeddings []jsonEmbed `json:"embeddings,omitempty"`
}

type jsonStep struct {
	Keyword    string      `json:"keyword"`
	Name       string      `json:"name"`
	Line       int         `json:"line"`
	Match      jsonMatch   `json:"match"`
	Result     jsonResult  `json:"result"`
	Embeddings []jsonEmbed `json:"embeddings,omitempty"`
}

type jsonMatch struct {
	Location string `json:"location"`
}

type jsonResult struct {
	Status   string `json:"status"`
	Duration int64  `json:"duration"` // nanoseconds
	Error    string `json:"error_message,omitempty"`
}

type jsonEmbed struct {
	Media string `json:"mime_type"`
	Name  string `json:"name"`
	Data  string `json:"data"` // base64
}

// writeCucumberJSON writes all outcomes to cucumber.json.
func (r Result) writeCucumberJSON(dir string) error {
	list := []jsonFeature{}
	index := map[string]int{}
	for _, o := range r.Outcomes {
		i, ok := index[o.uri()]
		if !ok {
			i = len(list)
			index[o.uri()] = i
			list = append(list, jsonFeature{URI: o.File, ID: o.uri(), Keyword: "機能", Line: 1,
				Name: fmt.Sprintf(
					"%s [%s]",
					o.Feature,
					strings.SplitAfterN(o.uri(), "#", 2)[1],
				), Tags: []jsonTag{{Name: "@driver:" + o.Driver, Line: 1}}})
		}
		list[i].Elements = append(list[i].Elements, o.element(dir))
	}
	text, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("write cucumber.json: %w", err)
	}
	return writeReport(dir, "cucumber.json", text)
}

func (o Outcome) element(dir string) jsonElement {
	e := jsonElement{
		ID:      o.key(),
		Keyword: "シナリオ",
		Type:    "scenario",
		Name:    o.Name,
		Line:    o.Line,
		Start:   o.Began.UTC().Format("2006-01-02T15:04:05.000Z"),
	}
	if o.Rule != "" {
		e.Name = o.Rule + " ─ " + o.Name
	}
	for _, tag := range o.Tags {
		e.Tags = append(e.Tags, jsonTag{Name: tag, Line: o.Line})
	}
	embeds := o.embeds(dir)
	steps := o.steps()
	decided := decisive(steps)
	for i, s := range steps {
		result := jsonResult{Status: strings.ToLower(string(s.status)), Duration: s.took.Nanoseconds(), Error: s.message}
		var at []jsonEmbed
		if i == decided {
			at = embeds
		}
		switch hook := (jsonHook{Match: jsonMatch{"netanswer"}, Result: result, Embeddings: at}); i {
		case 0:
			e.Before = append(e.Before, hook)
		case len(steps) - 1:
			e.After = append(e.After, hook)
		default:
			step := o.Steps[i-1]
			e.Steps = append(e.Steps, jsonStep{Keyword: step.Keyword, Name: step.Text, Line: step.Line,
				Match: jsonMatch{fmt.Sprintf("%s:%d", o.File, step.Line)}, Result: result, Embeddings: at})
		}
	}
	return e
}

func (o Outcome) embeds(dir string) []jsonEmbed {
	var list []jsonEmbed
	if o.Verdict == Failed {
		list = append(list, jsonEmbed{"text/plain", explanation, base64.StdEncoding.EncodeToString([]byte(o.explained()))})
	}
	for _, name := range o.Evidence {
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			continue // the messages tell of it
		}
		media, _ := mediaType(name)
		list = append(list, jsonEmbed{media, filepath.Base(name), base64.StdEncoding.EncodeToString(content)})
	}
	return list
}
