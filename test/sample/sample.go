// Package sample draws from what would be too much for every run. It draws by a
// word, the day in UTC, so that each day tries something else; the word is told,
// and a run that is given it draws the same again. The nightly workflow leaves
// nothing out. Only tests import it.
package sample

import (
	"cmp"
	"hash/fnv"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/mocks/clock"
)

// everything is the word that leaves nothing out.
const everything = "all"

// A Sample is drawn by its word. The zero Sample is drawn by an empty word.
type Sample struct{ word string }

// today is the same for all of a process, at midnight too.
var today = sync.OnceValue(func() string { return clock.Machine().UTC().Format(time.DateOnly) })

// By is the sample of a word; "all" is everything.
func By(word string) Sample { return Sample{word} }

// Of is the sample of this run, by the variable or the day. The test's log tells it.
func Of(t testing.TB) Sample {
	t.Helper()
	s := By(cmp.Or(os.Getenv(settings.TestSample), today()))
	if !s.All() {
		t.Logf("sampled: %s=%s draws the same again, %s leaves nothing out", settings.TestSample, s.word, everything)
	}
	return s
}

// All tells whether nothing is left out.
func (s Sample) All() bool { return s.word == everything }

// Takes tells whether something is drawn, by its name: one in that many is.
func (s Sample) Takes(name string, oneIn int) bool {
	return s.All() || s.part(name, oneIn) == 0
}

// Leaves tells whether a thing is left out of the i-th of n ways in which it can be
// tried: it is tried in one of them.
func (s Sample) Leaves(name string, i, n int) bool {
	return !s.All() && s.part(name, n) != i
}

// Draw draws n of several things that stand in an order, and keeps the order. Of
// everything it draws all.
func Draw[T any](s Sample, from []T, n int) []T {
	if s.All() || n >= len(from) {
		return from
	}
	order := make([]int, len(from))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(s.sum(strconv.Itoa(a)), s.sum(strconv.Itoa(b))) })
	chosen := slices.Sorted(slices.Values(order[:n]))
	drawn := make([]T, n)
	for i, at := range chosen {
		drawn[i] = from[at]
	}
	return drawn
}

// Part is one of n, by the word: which part of several is tried. Of everything it
// is the first.
func (s Sample) Part(n int) int { return s.part("", n) }

func (s Sample) part(name string, n int) int { return int(s.sum(name) % uint64(n)) }

func (s Sample) sum(name string) uint64 {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(s.word + "\n" + name)) // a hash takes everything
	h := sum.Sum64()
	return h ^ h>>32 // the lowest bits of FNV alone tell little
}
