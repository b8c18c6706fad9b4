package spec

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/runner"
)

// A view is what the pages of the site show.
type view struct {
	Source
	Ways     []way
	Pages    []guidePage
	Features []feature
	Sections []section
	Gaps     []rule
	Changes  []Difference
	Rule     *rule  // whose page it is; nil for the others
	Here     string // the file of the page
	Title    string
	style    string
	script   string
}

// A guidePage is the rules of one page of the guide, or the assumed ones.
type guidePage struct {
	ID, Title string
	Rules     []rule
}

// A rule is one of the register as it is shown.
type rule struct {
	fixtures.Rule
	Scenarios []scenario
	Marks     []mark
	Pictures  []Picture
	Approval  approval
}

// A mark is a verdict of one way.
type mark struct{ Way, On, Verdict string }

// A scenario is one as it is shown.
type scenario struct {
	runner.Scenario
	Marks []mark
}

// A feature is the scenarios of one 機能, by ルール.
type feature struct {
	ID, File, Name string
	Channel        string
	Rules          []block
	Count          int
	Marks          []mark
}

// A block is the scenarios of one ルール.
type block struct {
	Says      string
	IDs       []string
	Scenarios []scenario
}

// A section is the screens of the web or of the app.
type section struct {
	Title  string
	Groups []group
}

type group struct {
	Title    string
	Pictures []Picture
}

func (s Source) view() view {
	v := view{Source: s, Ways: waysOf(s.Verdicts.Drivers())}
	v.pages()
	v.features()
	v.galleries()
	if s.Before != nil {
		v.Changes = s.manifest().since(s.Before)
	}
	return v
}

// proving are the scenarios of a rule.
func (s Source) proving(id string) []runner.Scenario {
	var list []runner.Scenario
	for _, sc := range s.Scenarios {
		if slices.Contains(sc.Rules, id) {
			list = append(list, sc)
		}
	}
	return list
}

func (v *view) marks(of []runner.Scenario) []mark {
	var all []mark
	for _, w := range v.Ways {
		all = append(all, mark{w.Name, w.On, v.Verdicts.by(w, of)})
	}
	return all
}

func (v *view) show(list []runner.Scenario) []scenario {
	var all []scenario
	for _, s := range list {
		all = append(all, scenario{s, v.marks([]runner.Scenario{s})})
	}
	return all
}

// guide is what the pages of the guide are about.
var guide = map[string]string{"4": "アプリの準備", "6": "二次元コードとバナー", "7": "App Store", "8": "Google Play", "10": "カード会社", "11": "新規登録・再登録",
	"12": "カード情報", "13": "送付先の確認", "14": "パスコード（アプリ）", "15": "メール設定", "16": "パスワード", "17": "利用規約", "18": "登録完了とウォレット",
	"20": "アプリのホーム", "21": "アプリの明細", "22": "アプリのメニュー", "23": "Webの準備", "25": "Webの入口", "26": "カード番号", "27": "有効期限",
	"28": "セキュリティコード", "29": "IDとパスワード", "30": "メールアドレス", "31": "規約", "33": "登録内容の確認", "34": "パスコード（Web）", "35": "電話での確認",
	"36": "登録完了", "38": "Webのホーム"}

// Name is what the page is about.
func (p guidePage) Name() string {
	_, name, _ := strings.Cut(p.Title, "　")
	return name
}

var pageOf = regexp.MustCompile(`^p(\d+)-`)

func (v *view) pages() {
	for _, r := range v.Rules {
		id, title := "assumed", "ガイドにないので仮定した規則"
		if m := pageOf.FindStringSubmatch(r.ID); m != nil {
			id, title = "p"+m[1], "ガイド "+m[1]+"ページ"
			if name := guide[m[1]]; name != "" {
				title += "　" + name
			}
		}
		if r.Channel == fixtures.ChannelProvider {
			id, title = fixtures.ChannelProvider, "約束　SMS・メール・電話が、つないだシステムにすること"
		}
		if len(v.Pages) == 0 || v.Pages[len(v.Pages)-1].ID != id {
			v.Pages = append(v.Pages, guidePage{ID: id, Title: title})
		}
		proving := v.proving(r.ID)
		shown := rule{Rule: r, Scenarios: v.show(proving), Marks: v.marks(proving), Approval: v.approval(r)}
		for _, p := range v.Pictures {
			if slices.Contains(p.Rules, r.ID) {
				shown.Pictures = append(shown.Pictures, p)
			}
		}
		last := &v.Pages[len(v.Pages)-1]
		last.Rules = append(last.Rules, shown)
		if len(proving) == 0 {
			v.Gaps = append(v.Gaps, shown)
		}
	}
}

func (v *view) features() {
	sorted := slices.Clone(v.Scenarios)
	slices.SortFunc(sorted, func(a, b runner.Scenario) int {
		return cmp.Or(
			cmp.Compare(b.File[:min(len(b.File), 10)], a.File[:min(len(a.File), 10)]),
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
		)
	})
	for _, s := range sorted {
		if len(v.Features) == 0 || v.Features[len(v.Features)-1].File != s.File {
			v.Features = append(
				v.Features,
				feature{
					ID:      strings.NewReplacer("/", "-", ".feature", "").Replace(s.File),
					File:    s.File,
					Name:    s.Feature,
					Channel: channel(s),
				},
			)
		}
		f := &v.Features[len(v.Features)-1]
		if len(f.Rules) == 0 || f.Rules[len(f.Rules)-1].Says != s.Rule {
			f.Rules = append(f.Rules, block{Says: s.Rule, IDs: s.Rules})
		}
		b := &f.Rules[len(f.Rules)-1]
		b.Scenarios = append(b.Scenarios, v.show([]runner.Scenario{s})...)
		f.Count++
	}
	for i := range v.Features {
		var own []runner.Scenario
		for _, s := range v.Scenarios {
			if s.File == v.Features[i].File {
				own = append(own, s)
			}
		}
		v.Features[i].Marks = v.marks(own)
	}
}

func (v *view) galleries() {
	for _, p := range v.Pictures {
		if len(v.Sections) == 0 || v.Sections[len(v.Sections)-1].Title != p.Section {
			v.Sections = append(v.Sections, section{Title: p.Section})
		}
		h := &v.Sections[len(v.Sections)-1]
		if len(h.Groups) == 0 || h.Groups[len(h.Groups)-1].Title != p.Group {
			h.Groups = append(h.Groups, group{Title: p.Group})
		}
		g := &h.Groups[len(h.Groups)-1]
		g.Pictures = append(g.Pictures, p)
	}
}

// Count is how many rules have a verdict in a way.
func (v view) Count(w way, verdict string) int {
	n := 0
	for _, p := range v.Pages {
		for _, r := range p.Rules {
			if slices.Contains(r.Marks, mark{w.Name, w.On, verdict}) {
				n++
			}
		}
	}
	return n
}

// Promised is how much the providers promise.
func (v view) Promised() int {
	n := 0
	for _, r := range v.Rules {
		if r.Channel == fixtures.ChannelProvider {
			n++
		}
	}
	return n
}

// Assumed is how many rules the guide is silent about.
func (v view) Assumed() int {
	n := 0
	for _, r := range v.Rules {
		if r.Assumed {
			n++
		}
	}
	return n
}

// Documented is how many rules the guide documents.
func (v view) Documented() int { return len(v.Rules) - v.Assumed() - v.Promised() }

// Find is a rule of the register, for its words beside its id.
func (v view) Find(id string) string {
	for _, r := range v.Rules {
		if r.ID == id {
			return r.Says
		}
	}
	return ""
}

// Words is everything of a rule that a search finds: its sentence, and below it a
// line for each scenario and step, so that a search can tell which of them it was.
func (r rule) Words() string {
	var b strings.Builder
	fmt.Fprint(&b, r.ID, " ", r.Says)
	for _, s := range r.Scenarios {
		fmt.Fprint(&b, "\n", s.Name)
		for _, step := range s.Steps {
			fmt.Fprint(&b, "\n", step.Text)
		}
	}
	return b.String()
}

// A half is a part of the specification: the halves of the guide, and what
// the providers promise besides.
type half struct{ ID, Title string }

// Channels are the parts of the specification.
func (view) Channels() []half {
	return []half{{"web", "Webでの登録"}, {"app", "アプリでの登録"}, {fixtures.ChannelProvider, "SMS・メール・電話"}}
}

// channel is the part that a scenario belongs to.
func channel(s runner.Scenario) string {
	switch {
	case s.OfProvider():
		return fixtures.ChannelProvider
	case s.InApp():
		return "app"
	}
	return "web"
}

// Rows are the transitions in words.
func (m Machine) Rows() []Edge {
	var all []Edge
	for _, e := range m.Edges {
		all = append(all, Edge{fixtures.StateName(e.From), fixtures.EventName(e.On), fixtures.StateName(e.To)})
	}
	return all
}

// A family is scenarios that are rows of one outline: the first is told in full,
// the others by their names.
type family struct {
	First scenario
	Rest  []scenario
}

// Families are the scenarios of a rule, the rows of an outline together.
func (r rule) Families() []family {
	var all []family
	for _, s := range r.Scenarios {
		if n := len(all); n > 0 && sameLines(all[n-1].First.Scenario, s.Scenario) {
			all[n-1].Rest = append(all[n-1].Rest, s)
			continue
		}
		all = append(all, family{First: s})
	}
	return all
}

func sameLines(a, b runner.Scenario) bool {
	return a.File == b.File && len(a.Steps) > 0 &&
		slices.EqualFunc(a.Steps, b.Steps, func(x, y runner.Step) bool { return x.Line == y.Line })
}

// File is the page of a rule.
func (r rule) File() string { return r.ID + ".html" }

// Approved is how many rules have a state of approval.
func (v view) Approved(state string) int {
	n := 0
	for _, p := range v.Pages {
		for _, r := range p.Rules {
			if r.Approval.State == state {
				n++
			}
		}
	}
	return n
}
