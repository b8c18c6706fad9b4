package imap

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// The library does not know CONDSTORE (RFC 7162). Its words are taken out of a command
// before the library reads it, and what it is owed is written into the answer.

// conditions are what a command asks by CONDSTORE.
type conditions struct {
	modseq    bool   // FETCH tells it
	since     int64  // FETCH tells only what changed later
	unchanged *int64 // STORE changes only what has not changed since
	highest   bool   // STATUS tells it
	sought    bool   // SEARCH looks for it
	enabled   bool   // ENABLE names it
}

// owed is what is written into the next answers of the library.
type owed struct {
	head, headText string // behind the beginning of a line
	tail, tailText string // before the end of a line that begins so
	tailing        bool   // that line has begun
	before         string // a line before the one that ends the command
	code           string // of that line
}

// number is a mod-sequence on the wire.
const number = `([0-9]{1,18})`

var (
	selectParam   = regexp.MustCompile(`(?i) \( *CONDSTORE *\)$`)
	changedSince  = regexp.MustCompile(`(?i) \( *CHANGEDSINCE ` + number + ` *\)$`)
	unchanged     = regexp.MustCompile(`(?i)^( \S+) \( *UNCHANGEDSINCE ` + number + ` *\)( .*)$`)
	statusItems   = regexp.MustCompile(`(?i)\(([^()]*)\)$`)
	returnedItems = regexp.MustCompile(`(?i)\bSTATUS \(([^()]*)\)`)
	soughtModSeq  = regexp.MustCompile(`(?i)^MODSEQ (?:"(?:[^"\\]|\\.)*" (?:priv|shared|all) )?` + number + `(?:[ )].*)?$`)
)

// conditioned takes what CONDSTORE says out of what stands behind a command's name.
func (c *command) conditioned(rest string) string {
	switch c.name {
	case "SELECT", "EXAMINE":
		if without := selectParam.ReplaceAllString(rest, ""); without != rest {
			c.asks.enabled = true
			return without
		}
	case "ENABLE":
		for word := range strings.FieldsSeq(rest) {
			c.asks.enabled = c.asks.enabled || strings.EqualFold(word, "CONDSTORE")
		}
	case "STATUS":
		return statusItems.ReplaceAllStringFunc(rest, func(list string) string { return "(" + c.items(list[1:len(list)-1]) + ")" })
	case "LIST":
		return returnedItems.ReplaceAllStringFunc(rest, func(list string) string {
			at := strings.IndexByte(list, '(')
			return list[:at] + "(" + c.items(list[at+1:len(list)-1]) + ")"
		})
	case "FETCH":
		if m := changedSince.FindStringSubmatch(rest); m != nil {
			c.asks.modseq, c.asks.since = true, integer(m[1])
			rest = changedSince.ReplaceAllString(rest, "")
		}
		return c.fetched(rest)
	case "STORE":
		if m := unchanged.FindStringSubmatch(rest); m != nil {
			n := integer(m[2])
			c.asks.unchanged = &n
			return m[1] + m[3]
		}
	case "SEARCH":
		return c.searched(rest)
	}
	return rest
}

// items are those of STATUS that the library knows.
func (c *command) items(list string) string {
	var left []string
	for item := range strings.FieldsSeq(list) {
		if strings.EqualFold(item, "HIGHESTMODSEQ") {
			c.asks.highest = true
			continue
		}
		left = append(left, item)
	}
	if c.asks.highest && len(left) == 0 {
		return "MESSAGES" // the library wants one
	}
	return strings.Join(left, " ")
}

// fetched are the items of FETCH without MODSEQ; where none is left, UID, which is told
// at any rate.
func (c *command) fetched(rest string) string {
	const word = "MODSEQ"
	depth, inside := 0, false
	for i := 0; i < len(rest); i++ {
		switch b := rest[i]; {
		case b == '"':
			inside = !inside
		case inside && b == '\\':
			i++
		case inside:
		case b == '[':
			depth++
		case b == ']':
			depth--
		case depth == 0 && (b == ' ' || b == '(') && len(rest) > i+len(word) && strings.EqualFold(rest[i+1:i+1+len(word)], word):
			end := i + 1 + len(word)
			if end < len(rest) && rest[end] != ' ' && rest[end] != ')' {
				continue
			}
			c.asks.modseq = true
			return rest[:i+1] + "UID" + rest[end:]
		}
	}
	return rest
}

// arguments are how many words follow a word of SEARCH that belong to it.
var arguments = map[string]int{"BCC": 1, "CC": 1, "FROM": 1, "SUBJECT": 1, "TO": 1, "BODY": 1, "TEXT": 1, "KEYWORD": 1, "UNKEYWORD": 1, "HEADER": 2,
	"SINCE": 1, "BEFORE": 1, "ON": 1, "SENTSINCE": 1, "SENTBEFORE": 1, "SENTON": 1, "LARGER": 1, "SMALLER": 1, "UID": 1, "CHARSET": 1}

// sinceKeyword begins the keyword that stands for a search for a mod-sequence, which
// the library can read wherever it stands.
const sinceKeyword = "$netanswer-modseq-"

// searched are the words of SEARCH, with a keyword for each mod-sequence.
func (c *command) searched(rest string) string {
	var b strings.Builder
	for skip := 0; rest != ""; {
		if rest[0] == ' ' || rest[0] == '(' || rest[0] == ')' {
			b.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		if m := soughtModSeq.FindStringSubmatchIndex(rest); m != nil && skip == 0 {
			c.asks.sought = true
			b.WriteString("KEYWORD " + sinceKeyword + rest[m[2]:m[3]])
			rest = rest[m[3]:]
			continue
		}
		word := token(rest)
		if skip > 0 {
			skip--
		} else {
			skip = arguments[strings.ToUpper(word)]
		}
		b.WriteString(word)
		rest = rest[len(word):]
	}
	return b.String()
}

// token is the word that a text begins with, one in quotes as a whole.
func token(text string) string {
	if text[0] == '"' {
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '"':
				return text[:i+1]
			}
		}
		return text
	}
	if end := strings.IndexAny(text, " ()"); end > 0 {
		return text[:end]
	}
	return text
}

func integer(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64) // 18 digits are one
	return n
}

// begin notes what a command asks. All of it but ENABLE, which may be refused, makes
// a program that has logged in one that is told mod-sequences from now on.
func (f *front) begin(c *command) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.open, f.owes = c, owed{}
	a := c.asks
	if c.name == "ENABLE" && a.enabled {
		f.owes.tail, f.owes.tailText = "* ENABLED", " CONDSTORE"
		return
	}
	f.aware = f.aware || f.entered && (a.modseq || a.unchanged != nil || a.highest || a.sought || a.enabled)
}

// asks are the conditions of the command that is being carried out.
func (f *front) asks() (c conditions, byUID bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.open == nil {
		return conditions{}, false
	}
	return f.open.asks, f.open.uid
}

// tells puts the mod-sequence into the next line about a message: where it was asked
// for, and with marks that are told to a program that knows of it.
func (f *front) tells(number uint32, modseq int64, marks bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.aware && marks || f.open != nil && f.open.asks.modseq {
		f.owes.head, f.owes.headText = fmt.Sprintf("* %d FETCH (", number), fmt.Sprintf("MODSEQ (%d) ", modseq)
	}
}

// knows tells whether the program is told mod-sequences.
func (f *front) knows() bool {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.aware
}

// selected tells the highest mod-sequence before a mailbox is open.
func (f *front) selected(highest int64) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.owes.before = fmt.Sprintf("* OK [HIGHESTMODSEQ %d] Highest\r\n", highest)
}

// counted tells it with the status of a mailbox, if it was asked for.
func (f *front) counted(highest int64) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.open != nil && f.open.asks.highest {
		f.owes.tail, f.owes.tailText = "* STATUS ", fmt.Sprintf(" HIGHESTMODSEQ %d)", highest)
	}
}

// found tells the highest of what a search for mod-sequences found.
func (f *front) found(highest int64) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.open != nil && f.open.asks.sought && highest > 0 {
		f.owes.tail, f.owes.tailText = "* ", fmt.Sprintf(" (MODSEQ %d)", highest)
	}
}

// modified tells what STORE did not change, as it had changed.
func (f *front) modified(set imap.NumSet) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.owes.code = "[MODIFIED " + set.String() + "] "
}

// paid is what the library says, with what is owed.
func (f *front) paid(said []byte) []byte {
	o := &f.owes
	if o.head != "" && bytes.HasPrefix(said, []byte(o.head)) {
		said = append([]byte(o.head+o.headText), said[len(o.head):]...)
		o.head = ""
	}
	if o.tail != "" && bytes.HasPrefix(said, []byte(o.tail)) {
		o.tailing, o.tail = true, ""
		if bytes.HasPrefix(said, []byte("* ESEARCH")) {
			o.tailText = " " + strings.Trim(o.tailText, " ()")
		}
		if bytes.HasPrefix(said, []byte("* ENABLED")) {
			f.aware = true
		}
	}
	if line, ends := bytes.CutSuffix(said, []byte("\r\n")); o.tailing && ends {
		if strings.HasPrefix(o.tailText, " HIGHESTMODSEQ ") { // within the brackets
			line = bytes.TrimSuffix(line, []byte(")"))
		}
		said = append(append(bytes.Clone(line), o.tailText...), "\r\n"...)
		o.tailing = false
	}
	return said
}
