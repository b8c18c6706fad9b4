package control

import (
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
)

// A list is told in pages: so many at most, and no more than so many bytes, unless
// one alone is larger.
const (
	maxPage      = 1000
	maxPageBytes = 8 << 20
)

// Paged is which page of a list is asked for.
type Paged struct {
	After string `query:"after" maxLength:"64" doc:"the id of a message: only those behind it in the list"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"1000" doc:"how many at most; fewer where they are large"`
}

// listed is an operation that reads a list in pages.
func listed(path, id, tag, summary string) huma.Operation {
	op := get(path, id, tag, summary)
	op.Description = "limit 件まで、または約 8MB までを返します。続きがあれば next があり、それを after に渡すと続きを返します。"
	op.Errors = []int{http.StatusNotFound}
	return op
}

// page is one page of all, and after which id the next one begins; "" where it is
// the last.
func page[T any](q Paged, all []T, id func(T) string, size func(T) int) (shown []T, next string, err error) {
	if q.After != "" {
		at := 0
		for at < len(all) && id(all[at]) != q.After {
			at++
		}
		if at == len(all) {
			return nil, "", middleware.NewProblem(http.StatusNotFound, "after_unknown", fmt.Sprintf("after: the list has no message %q",
				q.After))
		}
		all = all[at+1:]
	}
	bytes := 0
	for i, one := range all {
		bytes += size(one)
		if i > 0 && (i == q.Limit || bytes > maxPageBytes) {
			return all[:i], id(all[i-1]), nil
		}
	}
	return all, "", nil
}
