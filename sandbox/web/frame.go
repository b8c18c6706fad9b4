package web

import (
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A frame is what every page has around its content. The view of a screen
// embeds one.
type frame struct{ page.Frame }

// newFrame is the frame of a screen with nothing to tell.
func (s *site) newFrame(m world.Snapshot, screen string) frame { return frame{s.Frame(m, screen)} }

// progress is the step that a screen belongs to (p26-6). The identity check is
// part of 「確認」: the guide calls both STEP 02.
var progress = map[string]string{
	string(registration.Input):         "input",
	string(registration.Confirm):       "confirm",
	string(registration.AwaitPasscode): "confirm",
	string(registration.AwaitCall):     "confirm",
	string(registration.Completed):     "completed",
}

// Progress is the step shown as the current one, "" where none is shown.
func (f frame) Progress() string { return progress[f.Screen] }

// Steps are the steps of the progress, in order.
func (f frame) Steps() []string { return []string{"input", "confirm", "completed"} }
