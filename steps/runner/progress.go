package runner

import (
	"fmt"
	"time"
)

// pulse is how long a run that writes plain lines may be silent.
const pulse = 15 * time.Second

// eraseLine returns to the beginning of a terminal's line and empties it.
const eraseLine = "\r\x1b[K"

// A tally counts what a driver has done.
type tally struct {
	driver                      string
	all, done, failed, unjudged int
	told                        time.Time // when a line was last written
}

func (t tally) String() string {
	text := fmt.Sprintf("%s %d/%d件", t.driver, t.done, t.all)
	if t.failed > 0 {
		text += fmt.Sprintf("、失敗 %d", t.failed)
	}
	if t.unjudged > 0 {
		text += fmt.Sprintf("、判定不能・未実行 %d", t.unjudged)
	}
	return text
}

// begin starts to count what a driver does.
func (j *journal) begin(driver string, all int) {
	j.lock.Lock()
	defer j.lock.Unlock()
	j.count = tally{driver: driver, all: all, told: j.now()}
	j.show()
}

// counted counts an outcome. A terminal shows the count; elsewhere a plain line
// tells it when nothing else was told for a while.
func (j *journal) counted(o Outcome) {
	j.lock.Lock()
	defer j.lock.Unlock()
	j.count.done++
	switch o.Verdict {
	case Failed:
		j.count.failed++
	case Skipped:
		if o.Reason != NotAsked && o.Reason != Known {
			j.count.unjudged++
		}
	}
	j.show()
	if !j.live && j.now().Sub(j.count.told) >= pulse {
		j.line("… %s\n", j.count)
	}
}

// show draws the line that counts, on a terminal.
func (j *journal) show() {
	if j.live && j.err == nil {
		_, j.err = fmt.Fprint(j.to, eraseLine, j.language.Translate(j.count.String()))
		j.drawn = true
	}
}
