// Package mutant is the switch of the mutants that package mutate plants: each asks
// On whether it is the one that is switched on. No source of the program imports it;
// the overlay of a mutated build does.
package mutant

import (
	"os"
	"strconv"
	"sync/atomic"
)

// Variable names the mutant that is switched on from the start, where tests of a
// package are tried with it.
const Variable = "NETANSWER_MUTANT"

func init() {
	id, _ := strconv.Atoi(os.Getenv(Variable)) // none is none
	Switch(id)
}

// Kept is what a change of the source keeps over all worlds, which must not be. The
// scenarios try one change at a time, one after the other.
var Kept = map[string]int{}

var (
	active atomic.Int64
	reach  [1 << 16]atomic.Bool
)

// On tells whether a mutant is the one that is switched on, and notes that it was
// reached.
func On(id int) bool {
	if !reach[id].Load() {
		reach[id].Store(true)
	}
	return active.Load() == int64(id)
}

// Switch switches one mutant on, and all others off; 0 is none.
func Switch(id int) { active.Store(int64(id)) }

// Reached returns the mutants that were reached since it was called last.
func Reached() (ids []int) {
	for i := range reach {
		if reach[i].Load() {
			reach[i].Store(false)
			ids = append(ids, i)
		}
	}
	return ids
}
