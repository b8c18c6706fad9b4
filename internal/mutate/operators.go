package mutate

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// plant walks through the file's functions.
func (p *planter) plant() {
	p.skip = map[ast.Node]bool{}
	for _, d := range p.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil || f.Name.Name == "init" || f.Name.Name == "String" || f.Name.Name == "Error" ||
			strings.HasPrefix(f.Name.Name, "Check") && f.Recv != nil &&
				p.text(f.Recv.List[0].Type) == "Policy" { // what a test may choose is no rule
			continue
		}
		p.fn = f.Name.Name
		if f.Recv != nil && len(f.Recv.List) > 0 {
			p.fn = strings.Trim(p.text(f.Recv.List[0].Type), "*") + "." + p.fn
		}
		p.early(f)
		ast.Inspect(f.Body, p.visit)
	}
}

// early returns from a function at once, with nothing.
func (p *planter) early(f *ast.FuncDecl) {
	if len(f.Body.List) < 2 {
		return
	}
	var zeros []string
	if f.Type.Results != nil {
		for _, r := range f.Type.Results.List {
			for range max(1, len(r.Names)) {
				zeros = append(zeros, "*new("+p.text(r.Type)+")")
			}
		}
	}
	id := p.add(f, "early return", f.Name.Name, "return")
	at := p.offset(f.Body.Lbrace) + 1
	p.edits = append(p.edits, edit{at, fmt.Sprintf(" if mutant.On(%d) { return %s }; ", id, strings.Join(zeros, ", ")), false, 1 << 30})
}

// aside tells whether a statement is no part of what anybody is promised: the words of
// a timeline, and where defects look into what was entered.
func (p *planter) aside(n ast.Node) bool {
	s, ok := n.(*ast.ExprStmt)
	return ok && (strings.Contains(p.text(s), "Timeline.add(") || strings.HasPrefix(p.text(s), "s.entered("))
}

func (p *planter) visit(n ast.Node) bool {
	if n == nil || p.skip[n] {
		return n != nil && !p.skip[n]
	}
	if p.aside(n) {
		return false
	}
	if e, ok := n.(ast.Expr); ok && p.constant(e) {
		if lit, ok := e.(*ast.BasicLit); ok {
			p.literal(lit)
		}
		return false // what it is made of is not of its type
	}
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok != token.CONST && n.Tok != token.TYPE
	case *ast.BinaryExpr:
		p.binary(n)
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			p.alternatives(n, [2]string{"negation", p.text(n.X)})
		}
	case *ast.IfStmt:
		p.condition(n.Cond)
	case *ast.ForStmt:
		if n.Cond != nil {
			p.skip[n.Cond] = true // one that never ends tells nothing
		}
	case *ast.BlockStmt:
		for _, s := range n.List {
			p.statement(s)
		}
	case *ast.CaseClause:
		for _, s := range n.Body {
			p.statement(s)
		}
	case *ast.CallExpr:
		p.call(n)
	case *ast.SelectorExpr:
		p.field(n)
	case *ast.SwitchStmt:
		if n.Tag != nil { // its cases are constants most often
			for _, c := range n.Body.List {
				for _, e := range c.(*ast.CaseClause).List {
					p.skip[e] = true
				}
			}
		}
	case *ast.KeyValueExpr:
		if _, ok := n.Key.(*ast.Ident); !ok {
			p.skip[n.Key] = true
		}
	case *ast.CompositeLit:
		return !p.constantArray(n)
	case *ast.ArrayType:
		if n.Len != nil {
			p.skip[n.Len] = true
		}
	case *ast.AssignStmt:
		for _, l := range n.Lhs {
			p.skip[l] = true
		}
	}
	return true
}

func (p *planter) constantArray(n *ast.CompositeLit) bool {
	_, isArray := p.pkg.TypesInfo.TypeOf(n).Underlying().(*types.Array)
	return isArray
}

func (p *planter) constant(e ast.Expr) bool {
	tv, ok := p.pkg.TypesInfo.Types[e]
	return ok && tv.Value != nil
}

// swaps are what an operator is changed to.
var swaps = map[token.Token][]string{
	token.LSS: {"<=", ">="}, token.LEQ: {"<", ">"}, token.GTR: {">=", "<="}, token.GEQ: {">", "<"},
	token.EQL: {"!="}, token.NEQ: {"=="}, token.LAND: {"||"}, token.LOR: {"&&"},
	token.ADD: {"-"}, token.SUB: {"+"}, token.MUL: {"/"}, token.QUO: {"*"}, token.REM: {"*"},
}

func (p *planter) binary(n *ast.BinaryExpr) {
	if p.constant(n) {
		return
	}
	t := p.pkg.TypesInfo.TypeOf(n.X)
	if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 && n.Op == token.ADD {
		return
	}
	var all [][2]string
	x, y := p.text(n.X), p.text(n.Y)
	kind := map[bool]string{true: "logic", false: "operator"}[n.Op == token.LAND || n.Op == token.LOR]
	for i, op := range swaps[n.Op] {
		name := kind
		if i == 0 && (n.Op == token.LSS || n.Op == token.LEQ || n.Op == token.GTR || n.Op == token.GEQ) {
			name = "boundary"
		}
		all = append(all, [2]string{name, x + " " + op + " " + y})
	}
	if n.Op == token.LAND || n.Op == token.LOR {
		if !guards(n.X, n.Y) {
			all = append(all, [2]string{"logic", y})
		}
		all = append(all, [2]string{"logic", x})
	}
	p.alternatives(n, all...)
}

// guards tells whether the right side is only sound after the left: where it is
// left alone it might index or follow what is not there, which is noticed by all.
func guards(x, _ ast.Expr) bool {
	b, ok := x.(*ast.BinaryExpr)
	return ok && (strings.Contains(fmt.Sprint(b.Y), "nil") || b.Op == token.GTR)
}

func (p *planter) condition(e ast.Expr) {
	if p.constant(e) {
		return
	}
	switch e.(type) {
	case *ast.BinaryExpr, *ast.UnaryExpr: // their own operators negate them
		return
	}
	p.alternatives(e, [2]string{"condition", "!(" + p.text(e) + ")"})
}

func (p *planter) literal(n *ast.BasicLit) {
	if n.Kind != token.INT {
		return
	}
	v, err := strconv.Atoi(n.Value)
	if err != nil {
		return
	}
	p.alternatives(n, [2]string{"number", strconv.Itoa(v + 1)})
}

// statement drops a statement.
func (p *planter) statement(s ast.Stmt) {
	if p.aside(s) {
		return
	}
	switch n := s.(type) {
	case *ast.ExprStmt:
		if call, ok := n.X.(*ast.CallExpr); ok {
			if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "panic" {
				return
			}
		}
	case *ast.AssignStmt:
		if n.Tok == token.DEFINE || len(n.Lhs) == 1 && p.text(n.Lhs[0]) == "_" {
			return
		}
	case *ast.IncDecStmt:
	case *ast.BranchStmt:
		if n.Label != nil || n.Tok == token.GOTO || n.Tok == token.FALLTHROUGH {
			return
		}
	case *ast.ReturnStmt:
		return
	case *ast.DeferStmt:
		return
	default:
		return
	}
	id := p.add(s, "dropped", p.text(s), "")
	p.wrap(s, fmt.Sprintf("if !mutant.On(%d) { ", id), " }")
}

// symmetric are functions to which the order of their arguments is the same.
var symmetric = map[string]bool{"EqualFold": true, "ConstantTimeCompare": true, "same": true, "follows": true, "Equal": true}

// call swaps neighbouring arguments of one type.
func (p *planter) call(n *ast.CallExpr) {
	if name := p.text(n.Fun); symmetric[name[strings.LastIndexByte(name, '.')+1:]] {
		return
	}
	if tv, ok := p.pkg.TypesInfo.Types[n.Fun]; !ok || tv.IsType() || tv.IsBuiltin() {
		return
	}
	tuple, ok := p.pkg.TypesInfo.TypeOf(n).(*types.Tuple)
	if ok && tuple.Len() != 1 {
		return
	}
	sig, ok := p.pkg.TypesInfo.TypeOf(n.Fun).Underlying().(*types.Signature)
	if !ok || sig.Variadic() || n.Ellipsis.IsValid() {
		return
	}
	for i := 0; i+1 < len(n.Args); i++ {
		a, b := p.pkg.TypesInfo.TypeOf(n.Args[i]), p.pkg.TypesInfo.TypeOf(n.Args[i+1])
		if a == nil || b == nil || !types.Identical(a, b) || p.constant(n.Args[i]) && p.constant(n.Args[i+1]) {
			continue
		}
		var args []string
		for _, arg := range n.Args {
			args = append(args, p.text(arg))
		}
		args[i], args[i+1] = args[i+1], args[i]
		p.alternatives(n, [2]string{"swapped arguments", p.text(n.Fun) + "(" + strings.Join(args, ", ") + ")"})
		return
	}
}

// contacts are fields that stand for each other's in a slip: whom is written to.
var contacts = map[string]string{
	"Phone":                  "Email",
	"Email":                  "Phone",
	"EmailPC":                "EmailMobile",
	"EmailMobile":            "EmailPC",
	"ExpiresAt":              "IssuedAt",
	"IssuedAt":               "ExpiresAt",
	"NetAnswerID":            "CardNumber",
	"CardNumber":             "NetAnswerID",
	"ExpiryMonth":            "ExpiryYear",
	"ExpiryYear":             "ExpiryMonth",
	"DeliveredAt":            "AcceptedAt",
	"AcceptedAt":             "DeliveredAt",
	"From":                   "To",
	"To":                     "From",
	"Passcode":               "Previous",
	"Previous":               "Passcode",
	"Attempts":               "Reissues",
	"Reissues":               "Attempts",
	"PasscodeAttempts":       "PasscodeReissues",
	"PasscodeReissues":       "PasscodeAttempts",
	"StartedAt":              "EndedAt",
	"Subject":                "Text",
	"CreditLimit":            "CashingLimit",
	"CashingLimit":           "CreditLimit",
	"Points":                 "CreditLimit",
	"PasscodeLifetime":       "CallWindow",
	"CallWindow":             "PasscodeLifetime",
	"RegistrationIdle":       "LoginLock",
	"LoginLock":              "RegistrationIdle",
	"SecurityCodeDigits":     "SecurityCodeDigitsAmex",
	"SecurityCodeDigitsAmex": "SecurityCodeDigits",
	"PINAttempts":            "PasscodeAttempts",
	"LoginAttempts":          "PasscodeAttempts",
}

// field reads another field of the same type: the wrong contact, the wrong moment.
func (p *planter) field(n *ast.SelectorExpr) {
	other, ok := contacts[n.Sel.Name]
	sel := p.pkg.TypesInfo.Selections[n]
	if !ok || sel == nil || sel.Kind() != types.FieldVal {
		return
	}
	if tv := p.pkg.TypesInfo.Types[n]; tv.Addressable() && p.addressed(n) {
		return
	}
	object, _, _ := types.LookupFieldOrMethod(sel.Recv(), true, p.pkg.Types, other)
	f, ok := object.(*types.Var)
	if !ok || !types.Identical(f.Type(), p.pkg.TypesInfo.TypeOf(n)) {
		return
	}
	p.alternatives(n, [2]string{"another field", p.text(n.X) + "." + other})
}

// addressed tells whether a field may be used as a place, where a copy would not do:
// conservatively, wherever a method or a field is taken of it.
func (p *planter) addressed(n *ast.SelectorExpr) bool {
	found := false
	ast.Inspect(p.file, func(m ast.Node) bool {
		switch m := m.(type) {
		case *ast.UnaryExpr:
			found = found || m.Op == token.AND && m.X == n
		case *ast.SelectorExpr:
			if m.X == n {
				_, basic := p.pkg.TypesInfo.TypeOf(n).Underlying().(*types.Basic)
				sel := p.pkg.TypesInfo.Selections[m]
				found = found || !basic && (sel == nil || sel.Kind() != types.FieldVal && !p.byValue(sel))
			}
		case *ast.IncDecStmt:
			found = found || m.X == n
		case *ast.AssignStmt:
			for _, l := range m.Lhs {
				ast.Inspect(l, func(k ast.Node) bool { found = found || k == n; return true })
			}
		case *ast.RangeStmt:
			found = found || m.Key == n || m.Value == n
		case *ast.SliceExpr:
			found = found || m.X == n
		case *ast.IndexExpr:
			found = found || m.X == n
		}
		return !found
	})
	return found
}

func (p *planter) byValue(sel *types.Selection) bool {
	sig, ok := sel.Obj().Type().(*types.Signature)
	if !ok || sig.Recv() == nil {
		return false
	}
	_, pointer := sig.Recv().Type().(*types.Pointer)
	return !pointer
}
