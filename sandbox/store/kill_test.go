package store_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// killed names, to the process that is to be killed, the store it writes to.
const killed = "STORE_TO_WRITE"

func TestMain(m *testing.M) {
	if address := os.Getenv(killed); address != "" {
		if err := writeUntilKilled(address); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// writers are the worlds that are written at once.
const writers = 4

// writeUntilKilled goes on counting in each world, in two tables and a list at
// once, and tells each number when the store has acknowledged it.
func writeUntilKilled(address string) error {
	k, err := store.Open(
		context.Background(),
		address,
		store.Options{Machine: clock.Machine, Bounds: world.DefaultBounds(), Limit: 5 * time.Second},
	)
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	errs := make(chan error, writers)
	for w := range writers {
		group.Go(func() {
			name := "w" + strconv.Itoa(w)
			for {
				n := 0
				if err := k.Update(context.Background(), name, func(s *world.State) error { n = count(s, name); return nil }); err != nil {
					errs <- err
					return
				}
				fmt.Printf("%s %d\n", name, n) // one write: a line is whole or not there
			}
		})
	}
	return <-errs
}

// count counts one on.
func count(s *world.State, name string) int {
	n := len(s.Timeline.Events) + 1
	number := strconv.Itoa(n)
	s.Name = name
	s.Texts.Put("n", number)
	s.Journeys.Put("n", number)
	s.Reserved.Put(number, number)
	s.Note(time.Unix(int64(n), 0), "world", number)
	return n
}

// TestWhatWasAcknowledgedIsKept kills a process that writes, at random moments,
// and looks after each time whether all that it had acknowledged is there, and
// nothing by half. NETANSWER_TEST_KILLS says how often; NETANSWER_TEST_SEED goes the same
// moments again.
func TestWhatWasAcknowledgedIsKept(t *testing.T) {
	t.Parallel()
	for i := range lives {
		t.Run(fmt.Sprintf("store #%d of 100%%?", i), func(t *testing.T) {
			t.Parallel()
			keepsWhatItAcknowledged(t, "sqlite:"+filepath.Join(t.TempDir(), "worlds.db"), kills(t, 100)/lives)
		})
	}
}

// lives are the stores that are written and killed at once.
const lives = 10

// kills is how often a process is killed.
func kills(t *testing.T, n int) int {
	if text := os.Getenv("NETANSWER_TEST_KILLS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func keepsWhatItAcknowledged(t *testing.T, address string, kills int) {
	seed := uint64(clock.Machine().UnixNano())
	if text := os.Getenv("NETANSWER_TEST_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	acknowledged := map[string]int{}
	for range kills {
		writeAndKill(t, address, time.Duration(chance.IntN(40_000))*time.Microsecond, acknowledged)
	}
	k, err := store.Open(t.Context(), address, store.Options{Machine: clock.Machine, Bounds: world.DefaultBounds(), Limit: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	total := 0
	for w := range writers {
		name := "w" + strconv.Itoa(w)
		s, err := k.View(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		n := len(s.Timeline.Events)
		if n < acknowledged[name] {
			t.Errorf("%s: %d was acknowledged and %d is there", name, acknowledged[name], n)
		}
		number := strconv.Itoa(n)
		text, _ := s.Texts.Get("n")
		journey, _ := s.Journeys.Get("n")
		if n > 0 && (text != number || journey != number || s.Reserved.Len() != n || s.Timeline.Serial != n) {
			t.Errorf(
				"%s: by half: text %s, journey %s, %d reserved, serial %d, %d events",
				name,
				text,
				journey,
				s.Reserved.Len(),
				s.Timeline.Serial,
				n,
			)
		}
		total += n
	}
	t.Logf("%d changes in %d lives", total, kills)
	if total < kills {
		t.Errorf("the killed have written next to nothing: %d changes", total)
	}
}

// writeAndKill lets a process write and kills it a while after its first word. A
// number that is less than one before it was told of what is lost.
func writeAndKill(t *testing.T, address string, after time.Duration, acknowledged map[string]int) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), killed+"="+address)
	var trouble strings.Builder
	c.Stderr = &trouble
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for begun := false; ; begun = true {
		line, err := lines.ReadString('\n')
		if err != nil { // what was not told whole was not told
			if err != io.EOF || !begun {
				t.Errorf("the writer told nothing: %v %s", err, trouble.String())
			}
			break
		}
		if !begun {
			go killAfter(c.Process, after)
		}
		name, number, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		n, err := strconv.Atoi(number)
		if err != nil || n <= acknowledged[name] {
			t.Errorf("told %q after %d", line, acknowledged[name])
		}
		acknowledged[name] = max(acknowledged[name], n)
	}
	if err := c.Wait(); err == nil || trouble.Len() > 0 {
		t.Errorf("the writer ended by itself: %v %s", err, trouble.String())
	}
}

func killAfter(p *os.Process, d time.Duration) {
	late := time.NewTimer(d)
	defer late.Stop()
	<-late.C
	_ = p.Kill() // it may have ended by itself, which is told
}
