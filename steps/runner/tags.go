package runner

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	tagexpressions "github.com/cucumber/tag-expressions/go/v6"
)

// The drivers whose names mean something to the tags below.
const (
	driverAPI     = "api"
	driverDesktop = "pc"
	driverPhone   = "sp"
	driverIPhone  = "iphone"
	driverAndroid = "android"
)

// The tags a scenario may have besides those of rules. Any other is a problem:
// a tag written wrongly would select nothing and restrict nothing.
const (
	tagScreen  = "@画面"      // truly about a screen: browsers only
	tagDesktop = "@パソコン"    // the desktop pages only
	tagPhone   = "@スマートフォン" // the smartphone pages only
	tagApp     = "@アプリ"     // the registration in the app, on whatever has it
	tagIPhone  = "@iPhone"  // the app of an iPhone only
	tagAndroid = "@Android" // the app of an Android phone only
	tagBackend = "@提供者"     // what providers promise a backend: no screen, the API's only
	tagIssuer  = "@発行元"     // breaks, counts on or looks into the sandbox's own issuer: not for one behind -issuer
)

// tagSandbox is of what only the sandbox's own pages do.
const tagSandbox = "@サンドボックス"

// tagAdvice is of what the guide prints beside its pictures of the screens, for its
// reader: of others it is asked only where they say that they show it.
const tagAdvice = "@案内"

// tagHistory is of what goes back in the history of the browser, which is not kept
// with a beginning: such a scenario is walked from its first page.
const tagHistory = "@履歴"

// knownTags are the tags there are, in the order in which a problem lists them.
var knownTags = []string{tagScreen, tagDesktop, tagPhone, tagApp, tagIPhone, tagAndroid, tagBackend, tagIssuer, tagSandbox, tagAdvice,
	tagHistory}

func knownTag(tag string) bool { return slices.Contains(knownTags, tag) }

// InApp tells whether a scenario is about the registration in the app.
func (s Scenario) InApp() bool { return slices.Contains(s.Tags, tagApp) }

// OfProvider tells whether a scenario is about what a provider promises a
// backend, not about the guide.
func (s Scenario) OfProvider() bool { return slices.Contains(s.Tags, tagBackend) }

// OfSandbox tells whether a scenario is about what only the sandbox's pages do:
// nothing that the guide asks of anybody.
func (s Scenario) OfSandbox() bool { return slices.Contains(s.Tags, tagSandbox) }

// OfAdvice tells whether a scenario is about what the guide prints beside its
// pictures of the screens.
func (s Scenario) OfAdvice() bool { return slices.Contains(s.Tags, tagAdvice) }

// OfScreen tells whether a scenario is about one kind of screen or device more
// than about what is done there.
func (s Scenario) OfScreen() bool {
	return slices.ContainsFunc([]string{tagScreen, tagDesktop, tagPhone, tagIPhone, tagAndroid},
		func(tag string) bool { return slices.Contains(s.Tags, tag) })
}

// Device is the smartphone a scenario is about, iphone or android; "" for any.
func (s Scenario) Device() string {
	switch {
	case slices.Contains(s.Tags, tagIPhone):
		return driverIPhone
	case slices.Contains(s.Tags, tagAndroid):
		return driverAndroid
	}
	return ""
}

// AppliesTo tells whether a scenario can be asked of a driver, whether or not a
// run did so.
func (s Scenario) AppliesTo(driver string) bool { return s.appliesTo(driver) }

// appliesTo tells whether a scenario can be asked of a driver. The API has both
// channels; a browser has the web's pages or a smartphone with the app.
func (s Scenario) appliesTo(driver string) bool {
	if phone := driver == driverIPhone || driver == driverAndroid; driver != driverAPI && phone != s.InApp() {
		return false
	}
	for _, tag := range s.Tags {
		switch {
		case tag == tagScreen && driver == driverAPI,
			tag == tagBackend && driver != driverAPI,
			tag == tagDesktop && driver != driverDesktop,
			tag == tagPhone && driver != driverPhone,
			tag == tagIPhone && driver == driverAndroid,
			tag == tagAndroid && driver == driverIPhone:
			return false
		}
	}
	return true
}

var (
	plainName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	ruleTag   = regexp.MustCompile(`^@(p\d+-\d+|[asmt]-\d+)$`)
)

// ruleIDs picks the rules out of tags.
func ruleIDs(tags []string) []string {
	var ids []string
	for _, tag := range tags {
		if ruleTag.MatchString(tag) {
			ids = append(ids, strings.TrimPrefix(tag, "@"))
		}
	}
	return ids
}

// tagProblem says what is wrong with a tag, "" if nothing.
func tagProblem(tag string, known map[string]bool) string {
	switch {
	case knownTag(tag) || known[tag] || known[strings.TrimPrefix(tag, "@")]: // a team's own stand among the known with their @
		return ""
	case !ruleTag.MatchString(tag) && nearly(tag) != "":
		return fmt.Sprintf("unknown tag %s: is it %s?", tag, nearly(tag))
	case !ruleTag.MatchString(tag):
		return fmt.Sprintf("unknown tag %s (a rule's @p34-7 or @a-08, a promise's @s-01, or %s)", tag, strings.Join(knownTags, " "))
	case !known[strings.TrimPrefix(tag, "@")]:
		return fmt.Sprintf("unknown rule %s: it is not in the register", tag)
	}
	return ""
}

// tagFilter reads a tag expression of and, or, not and brackets. Its tags must
// be ones that a scenario may have.
func tagFilter(expression string, known map[string]bool) (_ func(Scenario) bool, err error) {
	words := strings.FieldsFunc(expression, func(r rune) bool { return strings.ContainsRune("() \t\n　", r) })
	for _, word := range words {
		if slices.Contains([]string{"and", "or", "not"}, word) {
			continue
		}
		if !strings.HasPrefix(word, "@") {
			return nil, fmt.Errorf("tag expression %q: %q is no tag and none of and, or, not", expression, word)
		}
		if wrong := tagProblem(word, known); wrong != "" {
			return nil, fmt.Errorf("tag expression %q: %s", expression, wrong)
		}
	}
	if len(words) == 0 && strings.TrimSpace(expression) != "" {
		return nil, fmt.Errorf("tag expression %q: it has no tag", expression)
	}
	if len(words) == 0 {
		return nil, errors.New("tag expression is blank")
	}
	// The parser panics on an expression that ends too early.
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("tag expression %q: it ends too early", expression)
		}
	}()
	filter, err := tagexpressions.Parse(expression)
	if err != nil {
		return nil, fmt.Errorf("tag expression %q: %w", expression, err)
	}
	filter.Evaluate(nil) // an operand that is missing shows now
	return func(s Scenario) bool { return filter.Evaluate(s.Tags) }, nil
}
