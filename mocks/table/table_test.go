package table_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/table"
)

func TestDiffering(t *testing.T) {
	t.Parallel()
	var before table.Table[int]
	for _, key := range []string{"kept", "changed", "deleted", "put as it was"} {
		before.Put(key, 1)
	}
	work := func(after table.Table[int]) table.Table[int] {
		after.Put("changed", 2)
		after.Put("changed", 3)
		after.Put("new", 1)
		after.Put("put as it was", 1)
		after.Put("passing", 1)
		after.Delete("passing")
		after.Delete("deleted")
		return after
	}
	var other table.Table[int]
	other.Put("elsewhere", 1)
	for _, c := range []struct {
		name          string
		before, after table.Table[int]
		want          []string
	}{
		{"nothing changed", before, table.Mark(before), nil},
		{"changed since a mark", before, work(table.Mark(before)), []string{"changed", "deleted", "new"}},
		{"changed without a mark", before, work(before), []string{"changed", "deleted", "new"}},
		{"marked somewhere else", other, work(table.Mark(before)), []string{"changed", "elsewhere", "kept", "new", "put as it was"}},
		{"another table in its place", before, other, []string{"changed", "deleted", "elsewhere", "kept", "put as it was"}},
		{"emptied", before, table.Table[int]{}, []string{"changed", "deleted", "kept", "put as it was"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := slices.Sorted(table.Differing(c.before, c.after, func(a, b int) bool { return a == b }))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
