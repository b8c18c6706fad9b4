package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/say"
)

// storeCommand is `netanswer store list`, `check` and `prune`: what a file or
// database holds, without a sandbox. A file must not be in use; a database may be.
func storeCommand(ctx context.Context, p Process, args []string) error {
	var words []string
	var address string
	set := p.settings("store", args)
	set.Words(&words)
	set.StringVar(&address, "store", "", "sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE, as serve was given it")
	idle := set.Duration("world-idle", time.Hour, "prune: worlds that were not used for so long end")
	asJSON := set.Bool("json", false, "list: as JSON, for tools")
	if err := set.Parse(args, p.Environ, "store", "world-idle"); err != nil {
		return err
	}
	do := strings.Join(words, " ")
	if do != "list" && do != "check" && do != "prune" {
		return errors.New("store: want store list, store check or store prune")
	}
	if *idle < 0 {
		return fmt.Errorf("store prune: -world-idle %s is in the future; every world would end", *idle)
	}
	s, err := server.OpenStored(ctx, address)
	if err != nil {
		return err
	}
	switch do {
	case "list":
		err = listStore(ctx, plainWriter{p.Out}, s, *asJSON, p.languageOf(args))
	case "check":
		err = checkStore(ctx, plainWriter{p.Out}, s, p.languageOf(args))
	case "prune":
		err = pruneStore(ctx, plainWriter{p.Out}, s, *idle, p.languageOf(args))
	}
	return errors.Join(err, s.Close())
}

func listStore(ctx context.Context, out io.Writer, s *server.Stored, asJSON bool, l say.Language) error {
	all, err := s.Entries(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(out).Encode(all)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, l.Of("ワールド\t作成\t使用\t行\tバイト", "WORLD\tCREATED\tUSED\tROWS\tBYTES")) // Flush tells of an error
	for _, e := range all {
		created, used := e.CreatedAt.In(clock.Japan).Format(time.DateTime), e.UsedAt.In(clock.Japan).Format(time.DateTime)
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%d\n", e.Name, created, used, e.Rows, e.Bytes)
	}
	return table.Flush()
}

func checkStore(ctx context.Context, out io.Writer, s *server.Stored, l say.Language) error {
	worlds, snapshots, err := s.Check(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, l.Of("ワールド%d件、スナップショット%d件を読めます\n", "%d worlds and %d snapshots can be read\n"), worlds, snapshots)
	return err
}

func pruneStore(ctx context.Context, out io.Writer, s *server.Stored, idle time.Duration, l say.Language) error {
	names, err := s.Prune(ctx, clock.Machine().Add(-idle))
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := fmt.Fprintln(out, name); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, l.Of("%d件のワールドを終えました\n", "%d worlds ended\n"), len(names))
	return err
}
