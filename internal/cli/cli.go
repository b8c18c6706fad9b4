// Package cli is the commands of netanswer, one file each: flags in, one call
// out.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

const usage = `netanswer: サンドボックス（テスト専用）

  netanswer [serve] [flags]   serve the sandbox
  netanswer verify [flags]    run the Japanese scenarios against it
  netanswer verify -target target.yaml    run them against an implementation of your own
  netanswer target init URL   look at an implementation of your own, and write a target.yaml to begin with
  netanswer target schema     print the JSON Schema of a target.yaml, for editors
  netanswer verify doctor     try first what a target.yaml names
  netanswer verify steps WORD...    list the steps that scenarios can use, each with an example
  netanswer verify new FILE   write a feature to begin with
  netanswer verify defects    list what -defect can break
  netanswer features export [DIR]    write the scenarios, and settings for an editor, into a folder
  netanswer merge DIR...      join the reports of shards and drivers
  netanswer qualify [flags]   mutation testing: break the sandbox in every known way, one at a time, and see which scenarios notice
  netanswer spec [flags]      write the specification as a site
  netanswer spec approve RULE... -by NAME    note that somebody approves rules with their scenarios
  netanswer spec check        is what was approved still what is said?
  netanswer spec table FILE   rules, scenarios and verdicts as .csv or .xlsx
  netanswer issuer export     write the card company's core system as files for WireMock
  netanswer setup             tell whether the browser that verify needs is here, and what setup browser would do
  netanswer setup browser     install it
  netanswer open PLACE        bring a registration to a state, like passcode, and open it in the browser; without a place, list them
  netanswer store list        list the worlds that a file or database keeps (-store sqlite:FILE or postgres://…)
  netanswer store check       read all of them
  netanswer store prune       end those that were not used for -world-idle
  netanswer world             list, fork, keep, export and import worlds
  netanswer health [flags]    ask whether a running sandbox is well
  netanswer mcp [flags]       let an assistant control a running sandbox, by the Model Context Protocol
  netanswer version

netanswer <command> -h tells a command's flags.
`

// A Process is what a command has of the process it runs in.
type Process struct {
	In       io.Reader // only mcp reads it
	Out, Err io.Writer
	Environ  []string // as os.Environ returns it
}

// variable is the value of a variable of the process, "" where there is none.
func (p Process) variable(name string) string {
	for _, pair := range p.Environ {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return value
		}
	}
	return ""
}

var commands = map[string]func(context.Context, Process, []string) error{
	"serve":    serveCommand,
	"verify":   verifyCommand,
	"merge":    mergeCommand,
	"qualify":  qualifyCommand,
	"spec":     specCommand,
	"issuer":   issuerCommand,
	"setup":    setupCommand,
	"health":   healthCommand,
	"store":    storeCommand,
	"mcp":      mcpCommand,
	"open":     openCommand,
	"world":    worldCommand,
	"features": func(_ context.Context, p Process, args []string) error { return featuresCommand(p, args) },
	"target":   targetCommand,
	"version":  versionCommand,
	"help":     helpCommand,
}

// Run carries out one command. Without a command it serves. It returns when the
// command is done or ctx has ended; flag.ErrHelp where only help was asked for.
func Run(ctx context.Context, p Process, args []string) error {
	name := "serve"
	switch {
	case len(args) == 0:
	case asksHelp(args[0]):
		name = "help"
	case args[0] != "" && args[0][0] != '-':
		name, args = args[0], args[1:]
	}
	command, known := commands[name]
	if !known {
		return p.told(fmt.Errorf("unknown command %q\n\n%s", name, usage), args)
	}
	if len(args) > 0 && asksHelp(args[0]) && slices.Contains([]string{"issuer", "features", "target", "version"}, name) { // they have no flags of their own
		_, err := io.WriteString(p.Err, linesOf(name))
		return errors.Join(err, flag.ErrHelp)
	}
	err := command(ctx, p, args)
	return p.told(err, args)
}

// told is an error in the language that the arguments ask for.
func (p Process) told(err error, args []string) error {
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return err
	}
	return toldError{err, p.languageOf(args).Translate(err.Error())}
}

func asksHelp(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }

// linesOf is what usage says of one command.
func linesOf(name string) string {
	var said strings.Builder
	for line := range strings.Lines(usage) {
		if strings.HasPrefix(strings.TrimSpace(line)+" ", "netanswer "+name+" ") {
			said.WriteString(line)
		}
	}
	return said.String()
}

func helpCommand(_ context.Context, p Process, _ []string) error {
	_, err := io.WriteString(p.Out, usage)
	return err
}
