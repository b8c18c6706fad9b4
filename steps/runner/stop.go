package runner

import (
	"fmt"
	"sync"
)

// A stopper tells when a driver has failed often enough for the rest not to be
// worth its time.
type stopper struct {
	most, first int // as Config.MaxFailures and Config.FirstFailures

	lock   sync.Mutex
	failed int
	passed bool
	cause  string // of all failures so far, where it is one; "" else
	why    string // it is over; "" while it is not
}

// over tells why nothing more is begun, "" where it is.
func (s *stopper) over() string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.why
}

// seen is told what became of a scenario.
func (s *stopper) seen(o Outcome) {
	s.lock.Lock()
	defer s.lock.Unlock()
	switch o.Verdict {
	case Passed:
		s.passed = true
	case Failed:
		cause := Perceived(o.Err)
		if s.failed++; s.failed == 1 {
			s.cause = cause
		} else if s.cause != cause {
			s.cause = ""
		}
	}
	switch {
	case s.why != "":
	case s.most > 0 && s.failed >= s.most:
		s.why = fmt.Sprintf("失敗が%d件になりました（-max-failures %d）", s.failed, s.most)
	case s.first > 0 && s.failed >= s.first && !s.passed && s.cause != "":
		s.why = fmt.Sprintf("初めの%d件がどれも同じ理由で失敗し、成功したものがありません（%s）。直してから、もう一度試してください。すべて試すには -max-failures -1", s.failed, s.cause)
	}
}
