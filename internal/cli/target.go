package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"example.com/netanswer/internal/suite"
)

// targetCommand is `netanswer target`: what helps to write a target.yaml.
func targetCommand(ctx context.Context, p Process, args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case "init":
			return targetInit(ctx, p, args[1:])
		case "schema":
			if len(args) > 1 {
				break
			}
			text, err := suite.TargetSchema()
			if err == nil {
				_, err = p.Out.Write(text)
			}
			return err
		}
	}
	return errors.New("target: want init URL, or schema")
}

// targetInit writes a target.yaml to begin with.
func targetInit(ctx context.Context, p Process, args []string) error {
	set := p.settings("target init", args)
	file := set.String("file", "target.yaml", "file to write; - is standard output")
	app := set.Bool("app", false, "URL leads to the app, not to the web's registration")
	var urls []string
	set.Words(&urls)
	if err := set.Parse(args, nil); err != nil { // no variable is meant for it
		return err
	}
	if len(urls) != 1 {
		return errors.New("target init: want one URL, that of the home page")
	}
	text, err := suite.BeginTarget(ctx, urls[0], *app)
	if err != nil {
		return err
	}
	if *file == "-" {
		_, err := io.WriteString(p.Out, text)
		return err
	}
	to, err := os.OpenFile(*file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("target init: %w", err) // one that is there is nobody's to overwrite
	}
	_, err = io.WriteString(to, text)
	if err = errors.Join(err, to.Close()); err == nil {
		_, err = fmt.Fprintf(p.Out, p.languageOf(args).Of("%[1]s を書きました。… の所を埋めて、次を試してください:\n  netanswer verify doctor -target %[1]s\n",
			"%[1]s is written. Fill in what is … there, and try:\n  netanswer verify doctor -target %[1]s\n"), *file)
	}
	return err
}
