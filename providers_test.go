package main

import (
	"bufio"
	"net"
	"strings"
	"testing"

	"example.com/netanswer/client"
)

// firstLine is the first line of a server.
func firstLine(t *testing.T, address string) (net.Conn, <-chan string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // it may be closed already
	said := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(conn).ReadString('\n') // an empty one fails below
		said <- line
	}()
	return conn, said
}

func TestConnectionsBeyondTheBoundWaitForAPlace(t *testing.T) {
	t.Parallel()
	s, _ := withProviders(t, func(c *config) { c.Limits.Connections = 1 })
	first, said := firstLine(t, s.SMTP)
	if line := <-said; !strings.HasPrefix(line, "220") {
		t.Fatal(line)
	}
	_, waiting := firstLine(t, s.SMTP)
	// Another protocol is not disturbed.
	if _, other := firstLine(t, s.IMAP); !strings.HasPrefix(<-other, "* OK") {
		t.Error("IMAP does not answer")
	}
	select {
	case line := <-waiting:
		t.Errorf("the second was served: %q", line)
	default:
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if line := <-waiting; !strings.HasPrefix(line, "220") {
		t.Errorf("after the first has gone: %q", line)
	}
}

func TestAPlanOfChanceCanBeReplayed(t *testing.T) {
	t.Parallel()
	s, controls := withProviders(t)
	ctx := t.Context()
	play := func(world string, seed uint64) (texts []string, used uint64) {
		t.Helper()
		plan, err := controls.Plan(ctx, world, client.ProviderSMS, client.Plan{Seed: seed, Faults: []client.Fault{{Kind: "lose", Percent: 50, Times: 1000}}})
		if err != nil {
			t.Fatal(err)
		}
		for range 30 {
			if err := send(s, world); err != nil {
				t.Fatal(err)
			}
		}
		found, err := controls.SMS(ctx, world, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range found {
			texts = append(texts, m.ID)
		}
		return texts, plan.Seed
	}
	first, seed := play("chance-1", 0)
	again, used := play("chance-2", seed)
	if used != seed || strings.Join(first, " ") != strings.Join(again, " ") || len(first) == 0 || len(first) == 30 {
		t.Errorf("seed %d: %v\nseed %d: %v", seed, first, used, again)
	}
}
