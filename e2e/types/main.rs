//! Makes a garden by the types that `stackwright types` wrote, prints it as it is rendered, and reads it back.

mod crds;

use std::collections::BTreeMap;

use crds::e2e_example::v1::{Garden, GardenBeds, GardenOpen, GardenSpec, GardenType};
use serde_json::json;
use stackwright::prelude::*;

fn main() {
    let garden = Garden {
        metadata: App::new("garden", "home").metadata(),
        spec: Some(GardenSpec {
            type_: GardenType::FlowerBed,
            self_: Some(true),
            foo_bar: Some(1),
            foo_bar2: Some(2),
            area: Some(12.5),
            beds: vec![GardenBeds {
                name: "north".into(),
                plants: Some(BTreeMap::from([("roses".into(), vec!["Peace".into(), "yes".into()])])),
                ..default()
            }],
            plan: json!({ "paths": [{ "wide": true }], "nothing": null }),
            open: Some(GardenOpen { known: Some("1.0".into()), rest: BTreeMap::from([("other".into(), json!(7))]) }),
            anything: Some(json!(["a", 1])),
            selector: Some(labels_selector([("app", "garden")])),
            ..default()
        }),
    };
    let mut text = String::new();
    Object::from(garden.clone()).write_yaml(&mut text).expect("an object can be written");
    print!("{text}");

    let value = serde_json::to_value(&garden).expect("a garden is JSON");
    let read: Garden = serde_json::from_value(value).expect("what was written can be read");
    assert_eq!(read, garden);
}
