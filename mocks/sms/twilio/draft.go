package twilio

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/netanswer/mocks/sms"
)

// MaxBody is how many characters a message may have.
const MaxBody = 1600

// servicePool is the number that a message of a messaging service comes from:
// the one that is valid in Twilio's own tests.
const servicePool = "+15005550006"

// The time that a message may be scheduled ahead, and how long one may be valid.
const (
	minAhead, maxAhead = 5 * time.Minute, 35 * 24 * time.Hour
	maxValid           = 36000
)

// draft reads the fields of a message to be created
// (https://www.twilio.com/docs/messaging/api/message-resource). What is given and
// not carried out is refused.
func (f handler) draft(form url.Values, c caller) (sms.Draft, *trouble) {
	bad := func(code int, words string) (sms.Draft, *trouble) {
		return sms.Draft{}, &trouble{http.StatusBadRequest, code, words}
	}
	d := sms.Draft{
		From:    form.Get("From"),
		To:      form.Get("To"),
		Body:    form.Get("Body"),
		Account: c.account,
		Service: form.Get("MessagingServiceSid"),
	}
	if service.MatchString(d.From) && d.Service == "" { // either field may name it
		d.From, d.Service = "", d.From
	}
	switch {
	case d.To == "":
		return bad(21604, "A 'To' phone number is required.")
	case channel.MatchString(d.To):
		return bad(63007, "Twilio could not find a Channel with the specified From address: this sandbox has SMS only, not "+d.To)
	case strings.Contains(d.To, ":"): // read as a channel, which From is none of: Twilio finds fault with From
		return bad(21212, "The 'From' number "+d.From+" is not a valid phone number, shortcode, or alphanumeric sender ID.")
	case sms.National(d.To) == "":
		return bad(21211, "Invalid 'To' Phone Number: "+d.To)
	case d.From == "" && d.Service == "":
		return bad(21603, "A 'From' phone number is required.")
	case d.Service != "" && !service.MatchString(d.Service):
		return bad(21701, "The Messaging Service does not exist: "+d.Service)
	case d.From != "" && !sender(d.From):
		return bad(21212, "Invalid From Number (caller ID): "+d.From)
	case sms.National(d.From) == sms.National(d.To):
		return bad(21266, "'To' and 'From' numbers cannot be the same: "+d.To)
	case strings.Trim(d.Body, "\x00") == "" && form.Get("MediaUrl") == "" && form.Get("ContentSid") == "":
		return bad(21602, "Message body is required.")
	case strings.ContainsRune(d.Body, 0):
		return bad(20001, "Body holds the character NUL, which no SMS has")
	case utf8.RuneCountInString(d.Body) > MaxBody:
		return bad(21617, "The concatenated message body exceeds the 1600 character limit")
	}
	for _, name := range []string{"MediaUrl", "ContentSid", "ContentVariables", "PersistentAction", "ShortenUrls", "SendAsMms",
		"ApplicationSid"} {
		if v := form.Get(name); v != "" && !strings.EqualFold(v, "false") {
			return bad(20001, "The parameter '"+name+"' of the Message resource is not modelled by this sandbox")
		}
	}
	if t := f.wantsToBeTold(form.Get("StatusCallback")); t != nil {
		return d, t
	}
	if call := form.Get("StatusCallback"); call != "" {
		d.Wish = sms.Wish{By: By, URL: call, Secret: c.token, Progress: true}
	}
	if text := form.Get("ValidityPeriod"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > maxValid {
			return bad(21621, fmt.Sprintf("ValidityPeriod is a number of seconds from 1 to %d: %s", maxValid, text))
		}
		d.Until = sms.When{In: time.Duration(n) * time.Second}
	}
	return d, nil
}

var (
	service = regexp.MustCompile(`^MG[0-9a-fA-F]{32}$`)
	channel = regexp.MustCompile(`^(whatsapp|messenger|rcs):`)
	// alphanumeric is a sender of letters and digits, and spaces and a few marks;
	// short is a short code.
	alphanumeric = regexp.MustCompile(`^[A-Za-z0-9 &+_-]{1,11}$`)
	short        = regexp.MustCompile(`^[0-9]{3,8}$`)
)

// sender tells whether a message can come from what From says: a number, a short
// code, or up to eleven letters and digits of which one is a letter.
func sender(from string) bool {
	return short.MatchString(from) || sms.National(from) != "" ||
		alphanumeric.MatchString(from) &&
			strings.ContainsFunc(from, func(c rune) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' })
}

// scheduled reads when a message is to be sent; now is what its world's clock
// shows.
func scheduled(form url.Values, d *sms.Draft, now time.Time) *trouble {
	kind, at := form.Get("ScheduleType"), form.Get("SendAt")
	bad := func(code int, words string) *trouble { return &trouble{http.StatusBadRequest, code, words} }
	switch {
	case kind == "" && at == "":
		return nil
	case kind != "fixed":
		return bad(35126, "The ScheduleType value provided is not supported for this channel: "+kind)
	case d.Service == "":
		return bad(35118, "MessagingServiceSid is required to schedule a message")
	case at == "":
		return bad(35111, "SendAt timestamp is missing")
	}
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return bad(35114, "SendAt is no timestamp of ISO 8601: "+at)
	}
	if ahead := t.Sub(now); ahead < minAhead || ahead > maxAhead {
		return bad(35114, "SendAt time must be between 300 seconds and 35 days (3024000 seconds) in the future, inclusive")
	}
	d.At = sms.When{At: t}
	return nil
}

// wantsToBeTold tells what is wrong with where a status is to be told.
func (f handler) wantsToBeTold(call string) *trouble {
	if call == "" {
		return nil
	}
	u, err := url.Parse(call)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return &trouble{http.StatusBadRequest, 21609, "The 'StatusCallback' URL " + call + " is not a valid URL."}
	}
	if err := f.CallBack(call); err != nil {
		return &trouble{http.StatusBadRequest, 21609, "The 'StatusCallback' URL " + call + " is not a valid URL: " + err.Error()}
	}
	return nil
}
