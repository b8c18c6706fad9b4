package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/say"
)

// setupCommand is `netanswer setup`, which tells what verify needs, and
// `netanswer setup browser`, which installs it.
func setupCommand(ctx context.Context, p Process, args []string) error {
	name := "setup"
	if len(args) > 0 && args[0] == "browser" {
		name, args = "setup browser", args[1:]
	}
	var options provision.Options
	var engines settings.List
	set := p.settings(name, args)
	set.StringVar(&options.CacheDir, "cache", "", "folder of the browser and its driver (default: the user's cache)")
	if name == "setup browser" {
		set.Var(&engines, "engines", "engines of browsers, with commas between them: chromium, firefox, webkit (default chromium)")
	}
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	if options.CacheDir == "" {
		options.CacheDir = p.variable(provision.CacheVariable)
	}
	for _, some := range engines {
		options.Engines = append(options.Engines, strings.Split(some, ",")...)
	}
	language := p.languageOf(args)
	if name == "setup browser" {
		_, err := provision.Setup(ctx, &needsSpoken{out: p.Out, language: language}, options)
		return err
	}
	var list strings.Builder
	missing, err := provision.Tell(ctx, &list, options)
	if err != nil {
		return err
	}
	last := language.Of("api ドライバーには、どれもいりません。すべてそろっています。",
		"The driver api needs none of it. All of it is here.")
	if missing > 0 {
		last = language.Of("api ドライバーには、どれもいりません。足りないものを入れるには: netanswer setup browser",
			"The driver api needs none of it. To install what is missing type: netanswer setup browser")
	}
	_, err = fmt.Fprintf(p.Out, "%s\n%s\n", needsIn(language, list.String()), last)
	return err
}

// needsSpoken writes what provision tells in a language, line by line as it comes.
type needsSpoken struct {
	out      io.Writer
	language say.Language
	begun    string // a line whose end has not come
}

func (n *needsSpoken) Write(said []byte) (int, error) {
	n.begun += string(said)
	end := strings.LastIndexByte(n.begun, '\n') + 1
	lines := n.begun[:end]
	n.begun = n.begun[end:]
	if _, err := io.WriteString(n.out, needsIn(n.language, lines)); err != nil {
		return 0, err
	}
	return len(said), nil
}

// needsIn is what provision tells, in a language: lines of a name, whether it is found
// and where, and lines that say more of it.
func needsIn(language say.Language, list string) string {
	var told strings.Builder
	for line := range strings.Lines(list) {
		name, found, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		state, what, _ := strings.Cut(strings.TrimLeft(found, " "), " ")
		switch {
		case name == "":
			line = language.Translate(line)
		case language != say.English:
			line = language.Translate(name) + ": " + language.Translate(state) + "  " + language.Translate(strings.TrimLeft(what, " ")) + "\n"
			if language.Translate(state) == state { // it is no state, but what is being done
				line = language.Translate(name) + ": " + language.Translate(state+" "+what) + "\n"
			}
		}
		told.WriteString(line)
	}
	return told.String()
}
