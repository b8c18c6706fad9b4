package suite

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"example.com/netanswer/features"
)

// An Exported is a file that a team takes over, by its name in their folder.
type Exported struct{ Name, Text string }

// vscode are the settings of the Cucumber extension of VS Code, for a folder that
// was exported: it completes steps, and underlines what no step is.
const vscode = `{
  "cucumber.features": ["features/**/*.feature"],
  "cucumber.glue": ["steps/*.js"]
}
`

const recommended = `{
  "recommendations": ["CucumberOpen.cucumber-official"]
}
`

// Export returns the embedded scenarios, and what an editor needs to know of their
// steps: the step definitions as the Cucumber extension reads them. It runs none
// of them.
func Export() ([]Exported, error) {
	var files []Exported
	err := fs.WalkDir(features.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(features.Files, name)
		files = append(files, Exported{path.Join("features", name), string(text)})
		return err
	})
	if err != nil {
		return nil, err
	}
	steps, err := Steps()
	if err != nil {
		return nil, err
	}
	var glue strings.Builder
	glue.WriteString("// For the editor only: netanswer verify carries these steps out.\n")
	verbs := map[string]string{"前提": "Given", "もし": "When", "ならば": "Then"}
	for _, s := range steps {
		verb := verbs[s.Keyword]
		if verb == "" {
			verb = "When"
		}
		fmt.Fprintf(&glue, "\n// %s\n%s(/%s/, () => {});\n", s.Example, verb, strings.ReplaceAll(s.Pattern, "/", `\/`))
	}
	return append(
		files,
		Exported{"steps/steps.js", glue.String()},
		Exported{".vscode/settings.json", vscode},
		Exported{".vscode/extensions.json", recommended},
	), nil
}
