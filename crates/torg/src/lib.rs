//! The wiring: rooms become one program. Nothing is decided here that a room could decide; what
//! rooms ask of each other through traits is answered here by the room that knows.

pub mod app;
pub mod assemble;
mod calendar_areas;
pub mod calendar_links;
mod calendar_work;
pub mod care;
pub mod city;
pub mod command;
mod comments;
pub mod config;
mod demo_event_list;
mod demo_events;
mod demo_sign_ups;
pub mod export;
pub mod history;
mod hours_work;
pub mod indexing;
mod log_in;
pub mod lookups;
pub mod mail;
mod map_events;
mod map_layers;
mod media_work;
pub mod migrator;
pub mod notice_board;
pub mod operator;
mod pictures;
pub mod planners;
pub mod publications;
pub mod rows;
pub mod staff_search;
mod unit_care;
mod unit_map;
mod unit_pages;
pub mod work;
mod workplaces;
