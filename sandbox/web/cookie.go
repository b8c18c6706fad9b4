package web

// The cookies. Cookies are shared by all ports of a host, so their names say
// whose they are.
const (
	cookieRegistration = "netanswer_registration" // the id of the registration
	cookieSession      = "netanswer_session"      // the token of the log-in
)
