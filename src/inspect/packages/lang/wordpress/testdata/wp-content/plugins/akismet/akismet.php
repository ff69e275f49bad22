<?php
/**
 * @package Akismet
 */
/*
Plugin Name: Akismet Anti-Spam
Version: 5.0.2
Requires at least: 5.0
Requires PHP: 5.2
Author: Automattic
License: GPLv2 or later
Text Domain: akismet
*/

/*
