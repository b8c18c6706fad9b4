package web

// completedView is the completion (p36).
type completedView struct {
	frame
	NetAnswerID string
}
