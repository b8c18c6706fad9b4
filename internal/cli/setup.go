package cli

import (
	"context"
	"io"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/steps/provision"
)

// setupCommand is `netanswer setup`, which tells what verify needs, and
// `netanswer setup browser`, which installs it.
func setupCommand(ctx context.Context, p Process, args []string) error {
	name := "setup"
	if len(args) > 0 && args[0] == "browser" {
		name, args = "setup browser", args[1:]
	}
	var options provision.Options
	set := settings.New(name, p.Err)
	set.Language()
	set.StringVar(&options.CacheDir, "cache", "", "folder of the browser and its driver (default: the user's cache)")
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	if options.CacheDir == "" {
		options.CacheDir = p.variable(provision.CacheVariable)
	}
	if name == "setup browser" {
		_, err := provision.Setup(ctx, p.Out, options)
		return err
	}
	missing, err := provision.Tell(ctx, p.Out, options)
	if err != nil {
		return err
	}
	last := "\nThe driver api needs none of it. All of it is here.\n"
	if missing > 0 {
		last = "\nThe driver api needs none of it. To install what is missing type: netanswer setup browser\n"
	}
	_, err = io.WriteString(p.Out, last)
	return err
}
