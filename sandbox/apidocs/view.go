package apidocs

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// pageView is the whole page.
type pageView struct {
	Title, Path, Address string
	Lead                 []string // paragraphs
	WorldHeader          bool     // the world is chosen by a header; else it stands in the path
	Groups               []groupView
	Count                int
}

type groupView struct {
	ID, Name, Description string
	Operations            []operationView
}

type operationView struct {
	ID, Method, Path, Summary, Description string
	Parameters                             []parameterView
	Body                                   *bodyView
	Responses                              []responseView
}

type parameterView struct {
	Name, In, Where, Description, Type, Default string
	Required                                    bool
}

type bodyView struct {
	Type     string // its media type
	Example  string
	Required bool
	Fields   []fieldView
}

type responseView struct {
	Status, Says, Class string
	Codes, FieldCodes   []string
	Headers             []string
	Fields              []fieldView
	Example             string
}

// A fieldView is one value of a body, by its path in it: cards[].expiry.
type fieldView struct {
	Name, Type, Description string
	Required                bool
}

// worldHeader chooses the world of a request; see package middleware.
const worldHeader = "Netanswer-World"

func (d *document) view(c Config) pageView {
	v := pageView{Title: d.Info.Title, Path: c.Path, Address: c.Address}
	for _, p := range strings.Split(d.Info.Description, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			v.Lead = append(v.Lead, strings.ReplaceAll(p, "`", ""))
		}
	}
	type placed struct {
		order int
		tag   string
		view  operationView
	}
	var all []placed
	for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(d.Paths[path])) {
			op := d.Paths[path][method]
			tag := "そのほか"
			if len(op.Tags) > 0 {
				tag = op.Tags[0]
			}
			all = append(all, placed{op.Order, tag, d.operation(strings.ToUpper(method), path, op, &v)})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.order, b.order) })
	for _, t := range d.Tags {
		v.Groups = append(v.Groups, groupView{Name: t.Name, Description: t.Description})
	}
	for _, p := range all {
		i := slices.IndexFunc(v.Groups, func(g groupView) bool { return g.Name == p.tag })
		if i < 0 {
			i = len(v.Groups)
			v.Groups = append(v.Groups, groupView{Name: p.tag})
		}
		v.Groups[i].Operations = append(v.Groups[i].Operations, p.view)
		v.Count++
	}
	v.Groups = slices.DeleteFunc(v.Groups, func(g groupView) bool { return len(g.Operations) == 0 })
	for i := range v.Groups {
		v.Groups[i].ID = fmt.Sprintf("part-%d", i+1)
	}
	return v
}

func (d *document) operation(method, path string, op *operation, page *pageView) operationView {
	v := operationView{ID: op.ID, Method: method, Path: path, Summary: op.Summary, Description: inJapanese(op.Description)}
	for _, p := range op.Parameters {
		if p.Ref != "" {
			p = d.Components.Parameters[strings.TrimPrefix(p.Ref, "#/components/parameters/")]
		}
		if p.Name == worldHeader {
			page.WorldHeader = true
			continue // chosen once, for the whole page
		}
		shown := parameterView{Name: p.Name, In: p.In, Where: places[p.In], Required: p.Required}
		shown.Description = inJapanese(p.Description)
		if p.Schema != nil {
			shown.Type = d.typeOf(p.Schema)
			if p.Schema.Default != nil {
				shown.Default = fmt.Sprint(p.Schema.Default)
			}
		}
		v.Parameters = append(v.Parameters, shown)
	}
	if op.RequestBody != nil {
		body := op.RequestBody
		kind, content := first(body.Content)
		v.Body = &bodyView{Type: kind, Required: body.Required, Fields: d.fields(content.Schema), Example: indented(content.Example)}
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		v.Responses = append(v.Responses, d.response(status, op.Responses[status]))
	}
	return v
}

func (d *document) response(status string, r response) responseView {
	v := responseView{Status: status, Says: inJapanese(r.Description), Class: "refused", Headers: slices.Sorted(maps.Keys(r.Headers))}
	_, content := first(r.Content)
	v.Example = indented(content.Example)
	if strings.HasPrefix(status, "2") {
		v.Class, v.Fields = "done", d.fields(content.Schema)
		return v
	}
	if content.Schema == nil {
		return v
	}
	for _, s := range content.Schema.AllOf {
		if code := s.Properties["code"]; code != nil {
			v.Codes = texts(code.Enum)
		}
		if errs := s.Properties["errors"]; errs != nil && errs.Items != nil && errs.Items.Properties["code"] != nil {
			v.FieldCodes = texts(errs.Items.Properties["code"].Enum)
		}
	}
	return v
}

// fields are the values of a body and of what is in it, by their paths. What holds
// itself is told once.
func (d *document) fields(s *schema) []fieldView {
	var all []fieldView
	var add func(s *schema, at string, within []*schema)
	add = func(s *schema, at string, within []*schema) {
		s = d.resolve(s)
		if s == nil || slices.Contains(within, s) || len(within) > 6 {
			return
		}
		within = append(within[:len(within):len(within)], s)
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			value := s.Properties[name]
			says := cmp.Or(value.Description, d.resolve(value).Description)
			all = append(all, fieldView{at + name, d.typeOf(value), inJapanese(says), slices.Contains(s.Required, name)})
			add(value, at+name+".", within)
		}
		if s.Items != nil {
			add(s.Items, strings.TrimSuffix(at, ".")+"[].", within)
		}
		if values := s.of(); values != nil {
			add(values, at+"*.", within)
		}
	}
	add(s, "", nil)
	return all
}

// typeOf is what a value is, in words.
func (d *document) typeOf(s *schema) string {
	if s = d.resolve(s); s == nil {
		return ""
	}
	var parts []string
	for _, t := range s.types() {
		if t == "array" && s.Items != nil {
			parts = append(parts, d.typeOf(s.Items)+" の並び")
			continue
		}
		if t == "object" && s.of() != nil {
			parts = append(parts, "名前と"+d.typeOf(s.of())+"の組")
			continue
		}
		parts = append(parts, cmp.Or(typeNames[t+" "+s.Format], typeNames[t], t))
	}
	text := strings.Join(parts, "か")
	if len(s.Enum) > 0 {
		text += "（" + strings.Join(texts(s.Enum), "、") + "）"
	}
	if s.Minimum != nil && s.Maximum != nil {
		text += fmt.Sprintf("（%.0fから%.0f）", *s.Minimum, *s.Maximum)
	}
	if s.MaxLength != nil {
		text += fmt.Sprintf("（%d文字まで）", *s.MaxLength)
	}
	return text
}

// first is the content that is shown: JSON, if there is any.
func first(content map[string]media) (kind string, m media) {
	names := slices.Sorted(maps.Keys(content))
	if len(names) == 0 {
		return "", media{}
	}
	if slices.Contains(names, "application/json") {
		return "application/json", content["application/json"]
	}
	return names[0], content[names[0]]
}

func texts(values []any) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = fmt.Sprint(v)
	}
	return all
}

func indented(example json.RawMessage) string {
	var out bytes.Buffer
	if len(example) == 0 || json.Indent(&out, example, "", "  ") != nil {
		return string(example)
	}
	return out.String()
}
