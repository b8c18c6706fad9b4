package client_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
)

func TestAWorldIsForkedKeptAndRestored(t *testing.T) {
	t.Parallel()
	c, s := connect(t)
	ctx := t.Context()
	proceed(t, s, "a")
	fork := must(c.Fork(ctx, "a", "b"))(t)
	unnamed := must(c.Fork(ctx, "a", ""))(t)
	if fork.Name != "b" || fork.From != (client.Origin{World: "a"}) || fork.Counts.SMS != 1 || unnamed.Name == "" {
		t.Errorf("forks %+v and %+v", fork, unnamed)
	}
	taken := must(c.Take(ctx, "sent", client.Taking{World: "a", Note: "届いたところ"}))(t)
	if diff := cmp.Diff([]client.Snapshot{taken}, must(c.Snapshots(ctx))(t)); diff != "" || taken.World != "a" || taken.Counts.SMS != 1 ||
		!taken.TakenAt.Equal(start) {
		t.Errorf("taken %+v (-taken +list):\n%s", taken, diff)
	}
	if diff := cmp.Diff(taken, must(c.Snapshot(ctx, "sent"))(t)); diff != "" {
		t.Errorf("snapshot (-taken +seen):\n%s", diff)
	}
	if w := must(c.ForkSnapshot(ctx, "sent", "c"))(t); w.From != (client.Origin{Snapshot: "sent"}) || w.Counts.SMS != 1 {
		t.Errorf("fork %+v", w)
	}
	proceed(t, s, "a")
	if w := must(c.Restore(ctx, "a", "sent"))(t); w.Counts.SMS != 1 {
		t.Errorf("restored %+v", w)
	}
	document := must(c.ExportSnapshot(ctx, "sent"))(t)
	if read := must(c.Import(ctx, "read", document, false))(t); read.World != "a" || read.Counts.SMS != 1 {
		t.Errorf("read %+v", read)
	}
	must(c.Import(ctx, "read", must(c.Export(ctx, "a"))(t), true))(t)
	if err := c.DeleteSnapshot(ctx, "sent"); err != nil {
		t.Fatal(err)
	}
	for code, err := range map[string]error{
		"no_such_snapshot": failed(c.Snapshot(ctx, "sent")),
		"no_such_world":    failed(c.Fork(ctx, "nobody", "d")),
		"document_invalid": failed(c.Import(ctx, "cut", document[:100], false)),
		"snapshot_exists":  failed(c.Import(ctx, "read", document, false)),
		"world_exists":     failed(c.Fork(ctx, "a", "b")),
	} {
		var refused *client.Problem
		if !errors.As(err, &refused) || refused.Code != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func failed[T any](_ T, err error) error { return err }
