package world

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// A MemberFaultKind is what goes wrong between a member and the service.
type MemberFaultKind string

// The kinds of faults of the member-facing port.
const (
	MemberFaultDelay   MemberFaultKind = "delay"   // the answer comes late, by the machine's clock
	MemberFaultStatus  MemberFaultKind = "status"  // an HTTP status instead of an answer; nothing is done
	MemberFaultCut     MemberFaultKind = "cut"     // the connection ends without an answer; nothing is done
	MemberFaultLose    MemberFaultKind = "lose"    // what was asked is done, and the connection ends without an answer
	MemberFaultSession MemberFaultKind = "session" // the log-in or the registration begun in this browser is forgotten
)

// Bounds of the faults of the member-facing port.
const (
	MaxMemberFaults     = 100
	MaxMemberFaultDelay = time.Minute
	// EverTimes is how often a fault happens that is to stay until it is ended.
	EverTimes = 1_000_000
)

// A MemberFault is one entry of the plan: it happens to the next Times requests
// to Route.
type MemberFault struct {
	Kind   MemberFaultKind `json:"kind"`
	Method string          `json:"method,omitempty"` // "" for any
	// Route is a path; * stands for one segment, a slash at its end for everything
	// below. "" is every page and operation.
	Route  string        `json:"route,omitempty"`
	Times  int           `json:"times"`
	By     time.Duration `json:"by,omitempty"`     // of a delay
	Status int           `json:"status,omitempty"` // of a status: 429, 500 or 503
}

// MemberFaultStatuses are those that can be planned.
func MemberFaultStatuses() []int {
	return []int{http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}
}

// check returns what is wrong with a fault.
func (f MemberFault) check() error {
	kinds := []MemberFaultKind{MemberFaultDelay, MemberFaultStatus, MemberFaultCut, MemberFaultLose, MemberFaultSession}
	switch {
	case !slices.Contains(kinds, f.Kind):
		return fmt.Errorf("%w: kind %q, want one of %v", ErrRequest, f.Kind, kinds)
	case f.Times < 1 || f.Times > EverTimes:
		return fmt.Errorf("%w: times %d, want 1 to %d", ErrRequest, f.Times, EverTimes)
	case (f.Kind == MemberFaultDelay) != (f.By > 0) || f.By < 0 || f.By > MaxMemberFaultDelay:
		return fmt.Errorf("%w: delay, and only delay, says how late: up to %s", ErrRequest, MaxMemberFaultDelay)
	case f.Kind == MemberFaultStatus && !slices.Contains(MemberFaultStatuses(), f.Status) || f.Kind != MemberFaultStatus && f.Status != 0:
		return fmt.Errorf("%w: status, and only status, says which: one of %v", ErrRequest, MemberFaultStatuses())
	case f.Route != "" && (!strings.HasPrefix(f.Route, "/") || len(f.Route) > 200):
		return fmt.Errorf("%w: route %q, want a path like /api/registrations/*/passcode", ErrRequest, f.Route)
	case !slices.Contains([]string{"", http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete}, f.Method):
		return fmt.Errorf("%w: method %q", ErrRequest, f.Method)
	}
	return nil
}

// hits tells whether the fault is meant for a request.
func (f MemberFault) hits(method, path string) bool {
	if f.Method != "" && f.Method != method {
		return false
	}
	if f.Route == "" {
		return true
	}
	want, got := strings.Split(f.Route, "/"), strings.Split(path, "/")
	if below := len(want) - 1; want[below] == "" { // everything below
		return len(got) > below && same(want[:below], got[:below])
	}
	return len(want) == len(got) && same(want, got)
}

func same(want, got []string) bool {
	return slices.EqualFunc(want, got, func(w, g string) bool { return w == g || w == "*" || strings.HasPrefix(w, "{") })
}

// String is the fault in words, for the timeline and the console.
func (f MemberFault) String() string {
	words := map[MemberFaultKind]string{MemberFaultDelay: f.By.String() + "遅れる", MemberFaultStatus: fmt.Sprintf("%dを返す", f.Status),
		MemberFaultCut:  "接続を切る",
		MemberFaultLose: "実行するが応答が届かない", MemberFaultSession: "ログインが失われる"}[f.Kind]
	if where := strings.TrimSpace(f.Method + " " + f.Route); where != "" {
		words += "（" + where + "）"
	}
	return words
}

// PlanMemberFaults replaces the faults to come at the member-facing port.
func (s Control) PlanMemberFaults(ctx context.Context, name string, faults []MemberFault) error {
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		if len(faults) > MaxMemberFaults {
			return fmt.Errorf("%w: more than %d faults", ErrRequest, MaxMemberFaults)
		}
		var said []string
		for _, f := range faults {
			if err := f.check(); err != nil {
				return err
			}
			said = append(said, fmt.Sprintf("%s×%d", f, f.Times))
		}
		st.MemberFaults = slices.Clone(faults)
		st.Timeline.add(now, "fault", "会員の画面とAPIの障害の計画: "+either(strings.Join(said, "、"), "なし"), "")
		return nil
	})
	return err
}

// NextMemberFault is the fault that happens to a request of a member's, used up then. ok is
// false where there is none, which costs no more than a look.
func (s Members) NextMemberFault(ctx context.Context, name, method, path string) (found MemberFault, ok bool, err error) {
	st, err := s.view(ctx, name)
	if err != nil || !slices.ContainsFunc(st.MemberFaults, func(f MemberFault) bool { return f.hits(method, path) }) {
		return MemberFault{}, false, err
	}
	_, err = s.update(ctx, name, func(st *State, now time.Time) error {
		i := slices.IndexFunc(st.MemberFaults, func(f MemberFault) bool { return f.hits(method, path) })
		if ok = i >= 0; !ok {
			return nil // somebody else was hit
		}
		found = st.MemberFaults[i]
		rest := slices.Clone(st.MemberFaults) // the slice of before belongs to snapshots
		if found.Times < EverTimes {
			if rest[i].Times--; rest[i].Times == 0 {
				rest = slices.Delete(rest, i, i+1)
			}
		}
		st.MemberFaults = rest
		st.Timeline.add(now, "fault", "計画した障害: "+method+" "+found.String(), "")
		return nil
	})
	return found, ok && err == nil, err
}

// Planned is what a member reads where a status is planned.
func (m Snapshot) Planned(f MemberFault) string {
	switch f.Status {
	case http.StatusTooManyRequests:
		return m.Say("error.busy")
	case http.StatusServiceUnavailable:
		return m.Say("error.unavailable")
	}
	return m.Say("error.internal", "incident", "planned")
}
