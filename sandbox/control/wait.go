package control

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// maxWait bounds how long a request may wait for something to arrive.
const maxWait = time.Minute

// A Query narrows messages to one recipient.
type Query struct {
	InWorld
	To string `query:"to" maxLength:"254" doc:"one telephone number or mail address; left out: all of them"`
}

// A waitQuery is what a blocking wait for a message is asked with.
type waitQuery struct {
	Query
	Waiting
	Patterned
}

// Waiting is how long a blocking wait is to last, and what for. The time it
// waits is the machine's, not the world's.
type Waiting struct {
	After  string `query:"after" maxLength:"64" doc:"the id of a message or call: only later ones count"`
	Within string `query:"within" default:"5s" maxLength:"32" doc:"how long to wait, at most 60s; 0 answers at once" example:"5s"`
}

// await is an operation that waits.
func await(path, id, tag, summary string) huma.Operation {
	op := get(path, id, tag, summary)
	op.Description = "届いたものがあれば、そのうち最も新しいものをすぐに返します。なければ within のあいだ待ちます。" +
		"ワールドの時計が届く時刻になったときも返します。届かなければ 404（code: nothing_arrived）です。"
	op.Errors = []int{http.StatusNotFound}
	return op
}

// known refuses to wait for what comes after something that never was: an old message
// would be taken for a new one. given is how many ids of a kind the world has given.
func (f handler) known(ctx context.Context, name string, q Waiting, kind string, given func(world.Snapshot) int) error {
	if q.After == "" {
		return nil
	}
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return middleware.Trouble(err)
	}
	if world.Counted(q.After, kind, given(m)) {
		return nil
	}
	return middleware.NewProblem(http.StatusNotFound, "after_unknown", fmt.Sprintf("after: the world never had %q", q.After))
}

// deadline is the context of a wait, or why it cannot be waited that long.
func (q Waiting) deadline(ctx context.Context) (context.Context, context.CancelFunc, error) {
	within, err := time.ParseDuration(q.Within)
	if err != nil || within < 0 || within > maxWait {
		p := middleware.NewProblem(
			http.StatusUnprocessableEntity,
			"request_invalid",
			"within is a length of time like 5s, between 0 and 60s",
		)
		p.Errors = []middleware.ProblemField{{Field: "query.within", Code: "request_invalid", Detail: p.Detail}}
		return nil, nil, p
	}
	limited, cancel := context.WithTimeout(ctx, within)
	return limited, cancel, nil
}

// nothing is the problem of a wait in vain for messages. underWay are accepted
// ones that the world's clock has not reached yet.
func (q waitQuery) nothing(what string, underWay int, now time.Time) *middleware.Problem {
	return q.Waiting.nothing(what, " to ", q.To, fmt.Sprintf("%d under way", underWay), now)
}

// nothing is the problem of a wait in vain for something of somebody's ("" for
// anybody's); more is what is on its way.
func (q Waiting) nothing(what, whose, who, more string, now time.Time) *middleware.Problem {
	if who == "" {
		whose = ""
	}
	return middleware.NewProblem(
		http.StatusNotFound,
		"nothing_arrived",
		fmt.Sprintf("no %s%s%s arrived within %s; %s; the world's clock shows %s",
			what, whose, who, q.Within, more, now.Format("2006-01-02 15:04:05")),
	)
}
