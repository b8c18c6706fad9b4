package cli

import (
	"context"
	"errors"
	"fmt"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer/stubs"
	"example.com/netanswer/sandbox/registration"
)

// issuerCommand is `netanswer issuer export`: the card company's core system as
// mapping files for a WireMock.
func issuerCommand(_ context.Context, p Process, args []string) error {
	if len(args) == 0 || args[0] != "export" {
		return errors.New("issuer: the command is issuer export")
	}
	var dir string
	var o stubs.Options
	set := p.settings("issuer export", args[1:])
	set.StringVar(&dir, "dir", "issuer-stubs", "folder that WireMock is started on; the files go into its mappings")
	set.StringVar(&o.World, "world", "", `the only world that is answered; "" for all, as one`)
	set.IntVar(&o.Attempts, "attempts", 0, "PINs that may be wrong in a row; 0 for the policy of the fixtures")
	if err := set.Parse(args[1:], nil); err != nil {
		return err
	}
	if o.Attempts < 0 || o.Attempts > 100 {
		return errors.New("issuer export: -dir, -world, and -attempts from 1 to 100")
	}
	members, _, err := fixtures.Members()
	if err != nil {
		return err
	}
	var policy registration.Policy
	if err := fixtures.Policy(&policy); err != nil {
		return err
	}
	if o.Attempts == 0 {
		o.Attempts = policy.PINAttempts
	}
	files, err := stubs.Export(dir, members, o)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(
		p.Out,
		p.languageOf(args).Of("%d件のファイルを %s/mappings に書きました。WireMock をこのフォルダーで起動してください", "%d files in %s/mappings; start WireMock on it")+
			":\n  java -jar wiremock-standalone.jar --root-dir %s --port 9999\n  netanswer serve -issuer http://127.0.0.1:9999\n",
		len(files),
		dir,
		dir,
	)
	return err
}
