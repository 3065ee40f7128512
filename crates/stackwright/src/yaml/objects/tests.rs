use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::Service;

use super::{objects, readable};

fn problems(text: &str) -> Vec<String> {
    objects(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn known_kinds_are_typed_and_others_keep_their_content() {
    let objects = objects(
        "kind: Deployment\napiVersion: apps/v1\nmetadata: {name: web}\n---\nspec: {b: 1, a: 2}\nmetadata: {name: pool}\nkind: IPAddressPool\napiVersion: metallb.io/v1beta1\n",
    )
    .unwrap();
    assert!(objects[0].object.get::<Deployment>().is_some());
    assert!(objects[1].object.get::<Deployment>().is_none());
    assert_eq!(objects[1].object.name(), "pool");
    assert_eq!(objects[1].object.content().unwrap().at("spec.a").unwrap().span.line, 5);
}

#[test]
fn lists_are_opened() {
    let objects = objects("kind: List\napiVersion: v1\nitems:\n- {kind: Pod, apiVersion: v1}\n---\nkind: ServiceList\napiVersion: v1\nitems: [{metadata: {name: a}}, {metadata: {name: b}}]\n---\n{kind: List, apiVersion: v1, items: null}\n").unwrap();
    let names: Vec<_> = objects.iter().map(|located| located.object.to_string()).collect();
    assert_eq!(names, ["Pod ", "Service a", "Service b"]);
    assert_eq!(
        problems("{kind: List, apiVersion: v1, itmes: []}"),
        ["1:30: itmes: unknown field of a List (did you mean items?)"]
    );
}

#[test]
fn what_is_no_object_is_refused_and_everything_wrong_is_reported() {
    assert_eq!(
        problems(
            "a: 1\n---\napiVersion: apps/v1\nkind: Deploymnt\n---\napiVersion: v1\nkind: Pod\nspce: 1\n---\napiVersion: a.b/v1\nkind: C\nmetadata: {nam: x}\n"
        ),
        [
            "1:1: no object of Kubernetes: it has no apiVersion and no kind (leave it out if it is the configuration of a tool, such as values for Helm; an object begins with apiVersion and kind)",
            "4:7: kind: apps/v1 has no kind Deploymnt (did you mean Deployment?)",
            "8:1: spce: unknown field (did you mean spec?)",
            "12:12: metadata.nam: unknown field (did you mean name?)"
        ]
    );
}

#[test]
fn what_is_wrong_in_one_document_does_not_hide_the_others() {
    let read = readable(
        "kind: Service\napiVersion: v1\nmetadata: {name: a}\n---\nkind: [\n---\nkind: Service\napiVersion: v1\nmetadata: {name: b}\nspec:\n  prots: []\n  type: 3\n  clusterIP: None\n",
    );
    let names: Vec<_> = read.objects.iter().map(|located| located.object.to_string()).collect();
    assert_eq!(names, ["Service a", "Service b"]);
    assert_eq!((read.problems.len(), read.problems[0].span.line), (1, 5));

    // The rest of an object is there, and all that is wrong in it is told.
    let service = read.objects[1].object.get::<Service>().unwrap();
    assert_eq!(service.spec.as_ref().unwrap().cluster_ip.as_deref(), Some("None"));
    let problems: Vec<_> = read.objects[1].problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "11:3: spec.prots: unknown field (did you mean ports?)",
            "12:9: spec.type: expected a string, found an integer (put it in quotes)"
        ]
    );
    assert_eq!(read.objects[1].node.at("spec.clusterIP").unwrap().span.line, 13);
}

#[test]
fn items_keep_their_numbers_behind_wrong_ones() {
    let pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: web\n    args: [1, \"b\", 3, \"d\", 5]\n";
    let paths = |text| objects(text).unwrap_err().into_iter().map(|problem| problem.path).collect::<Vec<_>>();
    assert_eq!(paths(pod), [0, 2, 4].map(|item| format!("spec.containers[0].args[{item}]")));

    let service =
        "apiVersion: v1\nkind: Service\nspec:\n  ports: [{port: \"80\"}, 5, {port: \"81\"}, {targetprot: 1}]\n";
    let expected = ["[0].port", "[1]", "[2].port", "[3].targetprot"].map(|path| format!("spec.ports{path}"));
    assert_eq!(paths(service), expected);

    let custom = "apiVersion: a.b/v1\nkind: C\nmetadata: {finalizers: [1, a, 2]}\n";
    assert_eq!(paths(custom), ["metadata.finalizers[0]", "metadata.finalizers[2]"]);
    let kept = &readable(custom).objects[0].object;
    assert_eq!(kept.metadata().finalizers.as_deref(), Some(&["a".to_owned()][..]));
    assert_eq!(kept.content().unwrap().at("metadata.finalizers").unwrap().items().len(), 1);
}

#[test]
fn an_object_that_cannot_be_decoded_at_all_is_known_by_its_name() {
    let read = readable("apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: a, namespace: web}\n");
    assert_eq!(read.objects[0].object.to_string(), "Deploymnt web/a");
    assert_eq!(read.objects[0].problems.len(), 1);
}

#[test]
fn kinds_of_newer_apis_are_typed() {
    let text = "apiVersion: resource.k8s.io/v1\nkind: ResourceClaim\nmetadata: {name: gpu}\nspec: {devices: {requests: [{name: a, exactly: {deviceClassNam: gpu}}]}}\n";
    assert_eq!(
        problems(text),
        ["4:49: spec.devices.requests[0].exactly.deviceClassNam: unknown field (did you mean deviceClassName?)"]
    );
    for (api_version, kind) in [
        ("resource.k8s.io/v1beta1", "DeviceClass"),
        ("storage.k8s.io/v1", "VolumeAttributesClass"),
        ("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy"),
        ("storagemigration.k8s.io/v1", "StorageVersionMigration"),
        ("events.k8s.io/v1", "Event"),
        ("authorization.k8s.io/v1", "SubjectAccessReview"),
    ] {
        let found = problems(&format!("apiVersion: {api_version}\nkind: {kind}\nmetdata: {{}}\n"));
        assert_eq!(found, ["3:1: metdata: unknown field (did you mean metadata?)"], "{kind}");
    }
}

#[test]
fn a_key_that_stands_twice_does_not_hide_its_object() {
    let read = readable(
        "kind: List\napiVersion: v1\nitems:\n- {kind: ConfigMap, apiVersion: v1, data: {a: x, a: z, b: on}}\n- {kind: Pod, apiVersion: v1}\n",
    );
    assert_eq!(read.objects.len(), 2);
    let problems: Vec<_> =
        read.objects[0].problems.iter().map(|problem| (problem.check, problem.to_string())).collect();
    let expected = [
        (
            "yaml-duplicate-key",
            "4:50: data.a: the key stands here and in line 4 (remove one of them: kubectl takes the last one without a word)",
        ),
        ("schema", "4:59: data.b: expected a string, found a boolean (put it in quotes: kubectl reads on as true)"),
    ];
    assert_eq!(problems, expected.map(|(check, text)| (check, text.to_owned())));
    assert_eq!(read.objects[0].node.at("data.a").unwrap().text(), Some("z"));
    assert!(read.objects[0].doubts.is_empty());
}

/// Where a value is, a variable is one; where it is none, it is said what it is.
#[test]
fn variables_are_values_or_said_to_be_variables() {
    let values = "apiVersion: v1\nkind: Service\nmetadata:\n  name: ${NAME}\n  namespace: \"${NAMESPACE}\"\nspec:\n  type: ${TYPE:-NodePort}\n";
    assert!(objects(values).is_ok(), "{:?}", problems(values));
    let said = |place: &str| {
        format!(
            "{place}: a variable's ${{ }} is no YAML here before its value is put in (put it in quotes, or put its value in first, for example with `flux envsubst`)"
        )
    };
    let head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n";
    assert_eq!(problems("${OBJECT}\n"), [said("1:1")]);
    assert_eq!(problems(&format!("{head}${{MORE}}\n")), [said("5:1")]);
    assert_eq!(problems(&format!("{head}spec: {{priority: ${{PRIORITY:-1}}}}\n")), [said("5:18")]);
    assert_ne!(problems(&format!("{head}spec: {{priority: {{a\n")), [said("5:18")]);
}
