# Singular values of BA, of S and of BA + S in a layer that SLTrain has trained. Data: figure-10.dat
set terminal svg noenhanced size 900,598 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'figure-10.svg'
set multiplot
unset key
set border 3 lc rgb '#444444'
set tics nomirror out
set palette defined (0 '#ffffff', 0.25 '#c9cfe0', 0.5 '#8a93b5', 0.75 '#46568f', 1 '#0b1f4f')
set label 901 'Singular values of BA, of S and of BA + S in a layer that SLTrain has trained' at screen 0.01778,0.95987 font ',15'
set label 902 'SLTrain, 60M proxy, seed 42: o_proj of layer 4, rank 8.' at screen 0.01778,0.92308 font ',12' textcolor rgb '#555555'
set arrow 910 from screen 0.02222,0.88294 to screen 0.06222,0.88294 nohead lw 2 dt solid lc rgb '#000000'
set label 910 'BA + S' at screen 0.06889,0.88294 left
set arrow 911 from screen 0.16667,0.88294 to screen 0.20667,0.88294 nohead lw 2 dt (12,4) lc rgb '#E69F00'
set label 911 'BA' at screen 0.21333,0.88294 left
set arrow 912 from screen 0.31111,0.88294 to screen 0.35111,0.88294 nohead lw 2 dt (6,3) lc rgb '#009E73'
set label 912 'S' at screen 0.35778,0.88294 left
set lmargin at screen 0.06444; set rmargin at screen 0.23444
set bmargin at screen 0.52174; set tmargin at screen 0.80268
set label 1 'q_proj' at screen 0.06444,0.82943 left
set xlabel '' offset 0,0.3
set grid lc rgb '#dddddd' lt 1
set ylabel 'Singular value' offset 1,0
unset logscale y
set xrange [0:32.0]; set yrange [0.0:11.639775]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set ytics ('0' 0.0, '5' 5.0, '10' 10.0)
set arrow 2 from first 8.5,graph 0 to first 8.5,graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 2 'r = 8' at first 8.5,graph 0.94 left offset 0.5,0 font ',12' textcolor rgb '#333333'
plot 'figure-10.dat' index 0 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt solid lc rgb '#000000', \
  'figure-10.dat' index 1 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'figure-10.dat' index 2 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (6,3) lc rgb '#009E73'
unset label
unset arrow
set lmargin at screen 0.31444; set rmargin at screen 0.48444
set bmargin at screen 0.52174; set tmargin at screen 0.80268
set label 1 'k_proj' at screen 0.31444,0.82943 left
set xlabel '' offset 0,0.3
set grid lc rgb '#dddddd' lt 1
set ylabel '' offset 1,0
unset logscale y
set xrange [0:32.0]; set yrange [0.0:17.017035000000003]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set ytics ('0' 0.0, '5' 5.0, '10' 10.0, '15' 15.0)
set arrow 2 from first 8.5,graph 0 to first 8.5,graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 2 'r = 8' at first 8.5,graph 0.94 left offset 0.5,0 font ',12' textcolor rgb '#333333'
plot 'figure-10.dat' index 3 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt solid lc rgb '#000000', \
  'figure-10.dat' index 4 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'figure-10.dat' index 5 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (6,3) lc rgb '#009E73'
unset label
unset arrow
set lmargin at screen 0.56444; set rmargin at screen 0.73444
set bmargin at screen 0.52174; set tmargin at screen 0.80268
set label 1 'v_proj' at screen 0.56444,0.82943 left
set xlabel '' offset 0,0.3
set grid lc rgb '#dddddd' lt 1
set ylabel '' offset 1,0
unset logscale y
set xrange [0:32.0]; set yrange [0.0:1.6958865]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set ytics ('0' 0.0, '0.5' 0.5, '1' 1.0, '1.5' 1.5)
set arrow 2 from first 8.5,graph 0 to first 8.5,graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 2 'r = 8' at first 8.5,graph 0.94 left offset 0.5,0 font ',12' textcolor rgb '#333333'
plot 'figure-10.dat' index 6 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt solid lc rgb '#000000', \
  'figure-10.dat' index 7 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'figure-10.dat' index 8 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (6,3) lc rgb '#009E73'
unset label
unset arrow
set lmargin at screen 0.81444; set rmargin at screen 0.98444
set bmargin at screen 0.52174; set tmargin at screen 0.80268
set label 1 'o_proj' at screen 0.81444,0.82943 left
set xlabel 'Index' offset 0,0.3
set grid lc rgb '#dddddd' lt 1
set ylabel '' offset 1,0
unset logscale y
set xrange [0:32.0]; set yrange [0.0:2.2953315]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set ytics ('0' 0.0, '1' 1.0, '2' 2.0)
set arrow 2 from first 8.5,graph 0 to first 8.5,graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 2 'r = 8' at first 8.5,graph 0.94 left offset 0.5,0 font ',12' textcolor rgb '#333333'
plot 'figure-10.dat' index 9 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt solid lc rgb '#000000', \
  'figure-10.dat' index 10 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'figure-10.dat' index 11 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (6,3) lc rgb '#009E73'
unset label
unset arrow
set lmargin at screen 0.06444; set rmargin at screen 0.23444
set bmargin at screen 0.10368; set tmargin at screen 0.38462
set label 1 'gate_proj' at screen 0.06444,0.41137 left
set xlabel 'Index' offset 0,0.3
set grid lc rgb '#dddddd' lt 1
set ylabel 'Singular value' offset 1,0
unset logscale y
set xrange [0:32.0]; set yrange [0.0:3.326148]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set ytics ('0' 0.0, '1' 1.0, '2' 2.0, '3' 3.0)
set arrow 2 from first 8.5,graph 0 to first 8.5,graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 2 'r = 8' at first 8.5,graph 0.94 left offset 0.5,0 font ',12' textcolor rgb '#333333'
plot 'figure-10.dat' index 12 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt solid lc rgb '#000000', \
  'figure-10.dat' index 13 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'figure-10.dat' index 14 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (6,3) lc rgb '#009E73'
unset label
unset arrow
set lmargin at screen 0.31444; set rmargin at screen 0.48444
set bmargin at screen 0.10368; set tmargin at screen 0.38462
set label 1 'up_proj' at screen 0.31444,0.41137 left
set xlabel 'Index' offset 0,0.3
set grid lc rgb '#dddddd' lt 1
set ylabel '' offset 1,0
unset logscale y
set xrange [0:32.0]; set yrange [0.0:3.5558145]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set ytics ('0' 0.0, '1' 1.0, '2' 2.0, '3' 3.0)
set arrow 2 from first 8.5,graph 0 to first 8.5,graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 2 'r = 8' at first 8.5,graph 0.94 left offset 0.5,0 font ',12' textcolor rgb '#333333'
plot 'figure-10.dat' index 15 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt solid lc rgb '#000000', \
  'figure-10.dat' index 16 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'figure-10.dat' index 17 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (6,3) lc rgb '#009E73'
unset label
unset arrow
set lmargin at screen 0.56444; set rmargin at screen 0.73444
set bmargin at screen 0.10368; set tmargin at screen 0.38462
set label 1 'down_proj' at screen 0.56444,0.41137 left
set xlabel 'Index' offset 0,0.3
set grid lc rgb '#dddddd' lt 1
set ylabel '' offset 1,0
unset logscale y
set xrange [0:32.0]; set yrange [0.0:3.3548655000000003]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0)
set ytics ('0' 0.0, '1' 1.0, '2' 2.0, '3' 3.0)
set arrow 2 from first 8.5,graph 0 to first 8.5,graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back
set label 2 'r = 8' at first 8.5,graph 0.94 left offset 0.5,0 font ',12' textcolor rgb '#333333'
plot 'figure-10.dat' index 18 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt solid lc rgb '#000000', \
  'figure-10.dat' index 19 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'figure-10.dat' index 20 using 1:2 with linespoints pt 7 ps 0.25 lw 1.8 dt (6,3) lc rgb '#009E73'
unset label
unset arrow
unset multiplot
