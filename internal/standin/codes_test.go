package standin_test

// Every result code that the documents know, for every call, asked for as a test asks for it.

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/msdk/msdktest"
	"github.com/msdkgen/msdkgen/generated/timgroup"
	"github.com/msdkgen/msdkgen/generated/timgroup/timgrouptest"
)

// teller is what all endpoints of a package have in common.
type teller[Code ~int64] interface {
	Operation() string
	Codes() []Code
	Examples() []string
	Result(Code, string)
}

// eachEndpoint visits the calls of a stand-in.
func eachEndpoint[Code ~int64](server any, visit func(name string, e teller[Code])) {
	v := reflect.ValueOf(server).Elem()
	for i := range v.NumField() {
		if e, ok := v.Field(i).Interface().(teller[Code]); ok {
			visit(v.Type().Field(i).Name, e)
		}
	}
}

func TestEveryCode(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t, msdktest.WithRefusals(), msdktest.WithRecordedCalls(0))
	calls, codes, good := 0, 0, 0
	client := srv.Client(msdk.WithRetries(0), msdk.WithoutExpectedCheck())
	eachEndpoint(srv, func(name string, e teller[msdk.Code]) {
		calls++
		require.NotEmpty(t, e.Codes(), name)
		for _, code := range e.Codes() {
			e.Result(code, "")
			err := invoke(t, client, name)
			if err == nil {
				good++
				continue
			}
			if !msdk.IsCode(err, code) {
				t.Errorf("%s, code %d: %v", name, code, err)
				return
			}
			codes++
		}
	})
	require.Greater(t, calls, 50)
	require.Greater(t, codes, 1500)
	require.Greater(t, good, 20, "nothing was found, which is an answer")
	require.Empty(t, srv.Refusals())
}

func TestEveryCodeIM(t *testing.T) {
	t.Parallel()
	srv := timgrouptest.NewServer(t)
	client := srv.Client(timgroup.WithRetries(0))
	for _, code := range srv.GetGroupInfo.Codes() {
		srv.GetGroupInfo.Result(code, "")
		_, err := client.GetGroupInfo(t.Context(), &timgroup.GetGroupInfoRequest{GroupIDList: []timgroup.GroupID{"@TGS#1"}})
		require.True(t, timgroup.IsCode(err, code), "%d: %v", code, err)
	}
}

// invoke makes a call with the request that has as little as passes: its texts are filled.
func invoke(t *testing.T, client *msdk.Client, name string) error {
	t.Helper()
	method := reflect.ValueOf(client).MethodByName(name)
	require.True(t, method.IsValid(), name)
	request := reflect.New(method.Type().In(1).Elem())
	fill(request.Elem(), 0)
	if field := request.Elem().FieldByName("TargetURL"); field.IsValid() && field.Kind() == reflect.String {
		field.SetString("http://gamecenter.example/?ADTAG=gameobj.msg_heart") // the one field whose form no filling can guess
	}
	results := method.Call([]reflect.Value{reflect.ValueOf(t.Context()), request})
	err, _ := results[1].Interface().(error)
	return err
}

// fill puts something into every member that has to hold something.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("1")
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(1)
	case reflect.Slice:
		if depth < 4 && v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Field(i).CanSet() {
				fill(v.Field(i), depth+1)
			}
		}
	}
}

// Each example of the documents is answered as it is, to a client that reads it.
func TestEveryExample(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t, msdktest.WithRefusals(), msdktest.WithRecordedCalls(0))
	client := srv.Client(msdk.WithRetries(0), msdk.WithoutExpectedCheck())
	answered := 0
	eachEndpoint(srv, func(name string, e teller[msdk.Code]) {
		if len(e.Examples()) == 0 {
			return
		}
		err := invoke(t, client, name)
		require.NoError(t, err, name)
		answered++
	})
	require.Greater(t, answered, 35)
}
