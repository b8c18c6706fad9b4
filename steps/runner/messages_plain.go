package runner

import (
	"reflect"

	"example.com/netanswer/steps/say"
)

// plainly takes out of all texts below a value what would steer a terminal or break a
// report: messages may have been written by anybody.
func plainly(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			plainly(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			plainly(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			plainly(v.Index(i))
		}
	case reflect.Map:
		plainMap(v)
	case reflect.String:
		if text := say.Plain(v.String()); v.CanSet() && text != v.String() {
			v.SetString(text)
		}
	}
}

// plainMap is plainly of a map from texts to texts.
func plainMap(v reflect.Value) {
	for _, key := range v.MapKeys() {
		value := v.MapIndex(key)
		if key.Kind() != reflect.String || value.Kind() != reflect.String {
			continue
		}
		v.SetMapIndex(key, reflect.Value{})
		v.SetMapIndex(plainText(key), plainText(value))
	}
}

// plainText is a text that steers no terminal, of the type it is of.
func plainText(v reflect.Value) reflect.Value {
	return reflect.ValueOf(say.Plain(v.String())).Convert(v.Type())
}
